import { useEffect, useState } from 'react'
import type { RefObject } from 'react'
import { createPortal } from 'react-dom'
import { useCrumbPlace, useToolsPlace } from '../../lib/phone-top.ts'
import type { Episode } from '../../lib/types.ts'
import { EpisodeTools } from './EpisodeTools.tsx'

interface PhoneTopProps {
  episode: Episode
  title: RefObject<HTMLElement | null>
  onReorder: (() => void) | undefined
}

/** On a phone the top bar carries the tools, and the title once it has scrolled away. */
export function PhoneTop({ episode, title, onReorder }: PhoneTopProps) {
  const crumb = useCrumbPlace()
  const tools = useToolsPlace()
  const [gone, setGone] = useState(false)
  useEffect(() => {
    if (!title.current) return undefined
    const watcher = new IntersectionObserver(([entry]) => setGone(entry ? !entry.isIntersecting : false), {
      rootMargin: '-56px 0px 0px',
    })
    watcher.observe(title.current)
    return () => watcher.disconnect()
  }, [title])
  return (
    <>
      {gone && crumb && createPortal(episode.title, crumb)}
      {tools && createPortal(<EpisodeTools episode={episode} onReorder={onReorder} />, tools)}
    </>
  )
}
