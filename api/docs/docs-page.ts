import { createHash } from 'node:crypto'
import { markup, raw } from '../http/markup.ts'
import type { Markup } from '../http/markup.ts'
import { problemStatus } from '../http/problem.ts'
import { shapeOf } from './shape.ts'
import type { Shape } from './shape.ts'

interface Parameter {
  in: string
  name: string
  required?: boolean
  schema?: Shape
}
type Content = Record<string, { schema?: Shape }>

interface Operation {
  operationId: string
  summary: string
  security?: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { content: Content }
  responses: Record<string, { description: string; content?: Content }>
}

/** As much of OpenAPI as our own document has. */
export interface ApiDocument {
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, Shape> }
}

const STYLE = `:root{color-scheme:light dark;--g:#fafbfc;--p:#f1f2f5;--i:#181c24;--t:#4b5059;--a:#b42411;--l:#dee0e3}
@media(prefers-color-scheme:dark){:root{--g:#14161a;--p:#1d2026;--i:#eceef2;--t:#a3a9b5;--a:#ff8a78;--l:#343942}}
*{box-sizing:border-box}html{scroll-padding-top:1rem}body{margin:0;background:var(--g);color:var(--i);font:15px/1.6 -apple-system,"Segoe UI",Roboto,"PingFang SC","Noto Sans CJK SC",sans-serif}
main{max-width:60rem;margin:0 auto;padding:2rem 1rem 6rem}h1{font-size:1.75rem;line-height:1.3;margin:0}h2{font-size:1.25rem;margin:2.5rem 0 .5rem}h3{font-size:.9375rem;margin:1rem 0 .25rem}
p{margin:.5rem 0}a{color:var(--a)}a:focus-visible,summary:focus-visible{outline:2px solid var(--a);outline-offset:2px}code{font:13px/1.5 ui-monospace,"SF Mono","Cascadia Mono","Roboto Mono",monospace;overflow-wrap:anywhere}
nav{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:1.5rem 0}details{border-top:1px solid var(--l)}section>details:last-child{border-bottom:1px solid var(--l)}
summary{display:grid;grid-template-columns:4rem minmax(0,1fr);gap:0 .75rem;padding:.6rem .25rem;cursor:pointer;list-style:none;overflow-wrap:anywhere}summary::-webkit-details-marker{display:none}summary:hover{background:var(--p)}
summary .m{grid-row:span 2;font-weight:600;text-transform:uppercase}summary .t{grid-column:2}.in{padding:0 .25rem 1.25rem 5rem}.t{color:var(--t)}.b{color:var(--t);font-size:13px;white-space:nowrap}.f{font-weight:600}
ul{margin:.25rem 0;padding-inline-start:1.25rem;list-style:none;border-inline-start:1px solid var(--l)}li{margin:.2rem 0;overflow-wrap:anywhere}table{border-collapse:collapse}td{padding:.2rem 1.5rem .2rem 0;vertical-align:top}
@media(max-width:640px){.in{padding-inline-start:.25rem}summary{grid-template-columns:minmax(0,1fr)}summary .t{grid-column:1}summary .m{grid-row:auto}ul{padding-inline-start:.75rem}}`

/** Nothing but what stands in the page itself: its one style by its digest, and no script at all. */
export const docsPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** The API for people: every route with what goes in, comes out and can go wrong, made of the same document as everything else. */
export function docsPage({ paths, components }: ApiDocument): string {
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const groups = Map.groupBy(operations, ({ path }) => groupOf(path))
  return markup`<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="/icon.svg"><title>AIMake API</title><style>${raw(STYLE)}</style></head><body><main>
<h1>AIMake API</h1>
<p>所有接口：收什么，答什么，可能出什么错。机器读的是 <a href="/openapi.json">openapi.json</a>（OpenAPI 3.1）。</p>
<p class="t" lang="en">Every route: what goes in, what comes out, what can go wrong. For programs there is <a href="/openapi.json">openapi.json</a> (OpenAPI 3.1).
Answers are JSON; times are ISO 8601 in UTC, money is millionths of a dollar, lengths are milliseconds. A field that is not named here is refused in a
request and never in an answer. Sign in with the session cookie, or send a key of yours as <code>x-api-key</code>.</p>
<nav>${[...groups.keys()].map((group) => markup`<a href="#${idOf(group)}">${group}</a>`)}<a href="#schemas">schemas</a><a href="#problems">problems</a></nav>
${[...groups].map(([group, those]) => markup`<section><h2 id="${idOf(group)}">${group}</h2>${those.map(operationOf)}</section>`)}
<section><h2 id="schemas">schemas</h2>${Object.entries(components.schemas).map(schemaOf)}</section>
<section><h2 id="problems">problems</h2>
<p>出错时答 <code>application/problem+json</code>；<code>code</code> 只会是下面这些。</p>
<p class="t" lang="en">What is refused is answered as <code>application/problem+json</code>, its <code>code</code> one of these.</p>
<table>${Object.entries(problemStatus).map(([code, status]) => markup`<tr><td><code>${code}</code></td><td>${status}</td></tr>`)}</table></section>
</main></body></html>`.markup
}

/** `/api/admin/users/{id}` -> `admin users`; what is no part of the API proper is a page or a feed. */
function groupOf(path: string): string {
  const [first = '', second = '', third = ''] = path.replace(/^\//, '').split('/')
  if (first !== 'api') return first === 'health' ? 'health' : 'pages and feeds'
  return second === 'admin' ? `admin ${third.replace(/\.\w+$/, '')}` : second
}

const idOf = (group: string) => `group-${group.replaceAll(' ', '-')}`

function operationOf({ path, method, operation }: { path: string; method: string; operation: Operation }): Markup {
  const { operationId, summary, parameters = [], requestBody, responses } = operation
  const answers = Object.entries(responses).filter(([, { content }]) => !content?.['application/problem+json'])
  const problems = Object.entries(responses).filter(([, { content }]) => content?.['application/problem+json'])
  return markup`<details><summary><code class="m">${method}</code><code>${path}</code><span class="t">${summary}</span></summary>
<div class="in" id="${operationId}"><p class="t">${whoMay(operation)}</p>
${parameters.length > 0 && markup`<h3>参数 <span lang="en">Parameters</span></h3><ul>${parameters.map(parameterOf)}</ul>`}
${requestBody && markup`<h3>请求 <span lang="en">Body</span></h3>${contentOf(requestBody.content)}`}
<h3>回答 <span lang="en">Answers</span></h3><ul>${answers.map(
    ([status, { description, content }]) => markup`<li><b>${status}</b> ${description} ${content && contentOf(content)}</li>`,
  )}</ul>
<h3>可能的错误 <span lang="en">Problems</span></h3><ul>${problems.map(
    ([status, { description }]) => markup`<li><b>${status}</b> <code>${description}</code></li>`,
  )}</ul></div></details>`
}

function whoMay({ security = [] }: Operation): string {
  if (security.length === 0) return 'Anyone, without signing in.'
  const scope = security.find((one) => one.key)?.key?.[0]
  return scope ? `Signed in, or with a key that may "${scope}".` : 'Signed in with a browser; no key opens it.'
}

const parameterOf = ({ in: place, name, required, schema }: Parameter): Markup =>
  markup`<li><code class="f">${name}</code>${!required && '?'} <span class="b">${place}</span>: ${schema && shapeOf(schema)}</li>`

const contentOf = (content: Content): Markup =>
  markup`${Object.entries(content).map(
    ([type, { schema }]) =>
      markup`<div>${type === 'application/json' ? '' : markup`<code>${type}</code> `}${schema && type === 'application/json' && shapeOf(schema)}</div>`,
  )}`

const schemaOf = ([name, schema]: [string, Shape]): Markup =>
  markup`<details><summary><code class="m"></code><code>${name}</code><span class="t">${schema.description}</span></summary>
<div class="in" id="schema-${name}">${shapeOf({ ...schema, description: '' })}</div></details>`
