/** Every way in which an address is not fetched: a closed list, which people are told by. */
export const fetchRefusals = [
  'url-malformed',
  'url-scheme',
  'url-credentials',
  'url-port',
  'url-address',
  'url-unreachable',
  'url-timeout',
  'url-redirects',
  'url-status',
  'url-headers',
  'url-encoding',
  'url-too-large',
] as const
export type FetchRefusal = (typeof fetchRefusals)[number]

/** Why an address was not fetched. `isLasting`: asked again it would end the same way; `status`: what the server answered, where it did. */
export class FetchRefused extends Error {
  readonly code: FetchRefusal
  readonly isLasting: boolean
  readonly status: number | undefined

  constructor(
    code: FetchRefusal,
    detail: string,
    { isLasting = true, status, cause }: { isLasting?: boolean; status?: number; cause?: unknown } = {},
  ) {
    super(detail, { cause })
    this.name = 'FetchRefused'
    this.code = code
    this.isLasting = isLasting
    this.status = status
  }
}
