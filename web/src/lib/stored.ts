// What is kept on this device. Storage may be full or forbidden: then it lasts as long as the page.

export function readStored(name: string): string | null {
  try {
    return localStorage.getItem(`aimake.${name}`)
  } catch {
    return null
  }
}

export function writeStored(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`aimake.${name}`)
    else localStorage.setItem(`aimake.${name}`, value)
  } catch {
    // Nothing to do for the person: what they typed is still on the page.
  }
}
