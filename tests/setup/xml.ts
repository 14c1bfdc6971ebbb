import { spawnSync } from 'node:child_process'

/** An element as another program than ours reads it: `{namespace}name`. */
export interface Element {
  tag: string
  attributes: Record<string, string>
  text: string
  children: Element[]
}

const READER = `
import json, sys, xml.etree.ElementTree as tree
def told(e): return {'tag': e.tag, 'attributes': e.attrib, 'text': e.text or '', 'children': [told(c) for c in e]}
print(json.dumps(told(tree.fromstring(sys.stdin.buffer.read()))))`

/** Reads XML with Python's parser. Throws when it is not well formed. */
export function readXml(xml: string): Element {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', READER], { input: xml, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout) as Element
}

/** All elements below with this name, whatever their namespace prefix was. */
export const all = ({ children }: Element, tag: string): Element[] => children.filter((child) => child.tag === tag)

export function one(element: Element, tag: string): Element {
  const [found, ...others] = all(element, tag)
  if (!found || others.length > 0) throw new Error(`${element.tag} has ${others.length + (found ? 1 : 0)} ${tag}`)
  return found
}
