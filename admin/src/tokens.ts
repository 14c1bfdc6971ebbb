import raw from '../../web/src/app/tokens.css?raw'

const css = raw.replaceAll('"', "'")

/** The hex values of one block of the tokens: MUI computes with colours and cannot take a CSS variable. */
function colours(selector: string): (name: string) => string {
  const block = css.split(`${selector} {`)[1]?.split('}')[0] ?? ''
  const found = new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/gi)].map(([, name, hex]) => [name, hex]))
  return (name) => {
    const hex = found.get(name)
    if (!hex) throw new Error(`tokens.css: no --${name} in ${selector}`)
    return hex
  }
}

export const light = colours(':root')
export const dark = colours(":root[data-theme='dark']")
