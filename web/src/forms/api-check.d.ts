/** What a body must be by the API's own description; written out by `web/api-checks-plugin.ts` at build time. */
declare module 'api-check:*' {
  const check: import('./wrong.ts').Check
  /** The most letters, or entries, a field takes. */
  export const most: Readonly<Record<string, number>>
  export default check
}
