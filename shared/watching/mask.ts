/** The inside of an address that opens something to whoever has it: a share page, a feed, a reset of a password. */
const openers = /(\/(?:s|feeds|embed)\/|\/reset-password\/)[\w-]+/g
const signed = /([?&](?:token|X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|key)=)[^&\s"'\\]+/gi
const mail = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g
const bearer = /\b(Bearer|Basic)\s+[\w.~+/=-]{6,}/gi
const inAddress = /(\w:\/\/[^\s:/@"'\\]*:)[^\s@/"'\\]+@/g

/**
 * Makes what blots out secrets in a text: these values wherever they stand, and what looks like a password in an address, a signature, an
 * authorization or an e-mail address.
 */
export function maskFor(secrets: readonly string[]): (text: string) => string {
  // As they stand in JSON, for that is where they are looked for.
  const values = secrets.map((secret) =>
    JSON.stringify(secret)
      .slice(1, -1)
      .replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`),
  )
  const known = values.length > 0 ? new RegExp(values.join('|'), 'g') : undefined
  return (text) => {
    let masked = known ? text.replace(known, '[secret]') : text
    // Most texts have none of these: looking for a character is cheaper than for a pattern.
    if (masked.includes('@')) masked = masked.replace(inAddress, '$1[secret]@').replace(mail, '[e-mail]')
    if (masked.includes('=')) masked = masked.replace(signed, '$1[secret]')
    if (/\/(?:s|feeds|embed|reset-password)\//.test(masked)) masked = masked.replace(openers, '$1[token]')
    return /b(?:earer|asic) /i.test(masked) ? masked.replace(bearer, '$1 [secret]') : masked
  }
}
