// What `react-dom/client` is in the build (docs/decisions/0048): Preact's, and a leak of it stopped.
import { options } from 'preact'
import type { VNode } from 'preact'

export { createRoot } from 'preact/compat/client'

/** Two names inside Preact, as its own hooks and developer tools know them. */
interface Drawn extends VNode {
  /** Its children. */
  __k: unknown
  /** The component it stands for. */
  __c: object | null
}

/** What each component was drawn as last. */
const drawn = new WeakMap<object, Drawn>()
const before = options.diffed

/**
 * A component that need not be drawn again hands its children on, and they point to whoever has them now. So whatever still holds an old tree, such
 * as the children in somebody's props, would hold every later one with it: a page that is updated ten times a second grew by a megabyte every five
 * seconds. What was handed on is let go of here.
 */
options.diffed = (vnode) => {
  before?.(vnode)
  const now = vnode as Drawn
  if (!now.__c) return
  const old = drawn.get(now.__c)
  if (old && old !== now) old.__k = null
  drawn.set(now.__c, now)
}
