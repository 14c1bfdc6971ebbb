import { markup } from '../http/markup.ts'
import type { Markup } from '../http/markup.ts'

/** As much of JSON Schema as the document of our own routes has. */
export interface Shape {
  $ref?: string
  type?: string | string[]
  format?: string
  description?: string
  properties?: Record<string, Shape>
  required?: string[]
  additionalProperties?: boolean | Shape
  items?: Shape
  enum?: unknown[]
  const?: unknown
  default?: unknown
  anyOf?: Shape[]
  oneOf?: Shape[]
  allOf?: Shape[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
}

export const nameOf = (ref: string): string => ref.split('/').at(-1)!

/** A shape in words: its type, its bounds and what it means; the fields of an object and the choices of a union are listed below it. */
export function shapeOf(shape: Shape): Markup {
  const below = partsOf(shape)
  return markup`${typeOf(shape)}${boundsOf(shape)}${shape.description && markup` <span class="t">${shape.description}</span>`}${below}`
}

function typeOf(shape: Shape): Markup {
  if (shape.$ref) return markup`<a href="#schema-${nameOf(shape.$ref)}">${nameOf(shape.$ref)}</a>`
  if (shape.const !== undefined) return markup`<code>${JSON.stringify(shape.const)}</code>`
  if (shape.enum)
    return markup`${shape.enum.map((one, index) => markup`${index > 0 && ' | '}<code>${JSON.stringify(one)}</code>`)}`
  const union = shape.anyOf ?? shape.oneOf
  if (union && isShort(union)) return markup`${union.map((one, index) => markup`${index > 0 && ' | '}${typeOf(one)}`)}`
  if (union) return markup`one of`
  if (shape.type === 'array') return markup`array of ${shape.items ? typeOf(shape.items) : 'anything'}`
  return markup`${[shape.type ?? (shape.allOf ? 'object' : 'anything')].flat().join(' | ')}${shape.format && ` (${shape.format})`}`
}

/** Choices that need no list of their own. */
const isShort = (union: Shape[]) => union.every((one) => !one.properties && !one.anyOf && !one.oneOf && one.type !== 'array')

function boundsOf(shape: Shape): Markup {
  const bounds = [
    span('', shape.minimum, safe(shape.maximum)),
    span(' characters', shape.minLength, shape.maxLength),
    span(' items', shape.minItems, shape.maxItems),
    shape.default === undefined ? '' : `default ${JSON.stringify(shape.default)}`,
  ].filter(Boolean)
  return markup`${bounds.length > 0 && markup` <span class="b">${bounds.join(', ')}</span>`}`
}

/** The largest whole number of JavaScript is no bound of ours. */
const safe = (maximum: number | undefined) => (maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum)

function span(unit: string, least: number | undefined, most: number | undefined): string {
  const from = least === Number.MIN_SAFE_INTEGER ? undefined : least
  if (from === undefined && most === undefined) return ''
  if (from === undefined) return `≤ ${most}${unit}`
  return most === undefined ? `≥ ${from}${unit}` : `${from}–${most}${unit}`
}

function partsOf(shape: Shape): Markup | undefined {
  if (shape.properties) return fieldsOf(shape)
  if (shape.type === 'array' && shape.items && !shape.items.$ref) return partsOf(shape.items)
  const union = shape.anyOf ?? shape.oneOf ?? shape.allOf
  if (union && (shape.allOf || !isShort(union))) return markup`<ul>${union.map((one) => markup`<li>${shapeOf(one)}</li>`)}</ul>`
  return undefined
}

function fieldsOf({ properties = {}, required = [] }: Shape): Markup {
  return markup`<ul>${Object.entries(properties).map(
    ([name, field]) => markup`<li><code class="f">${name}</code>${!required.includes(name) && '?'}: ${shapeOf(field)}</li>`,
  )}</ul>`
}
