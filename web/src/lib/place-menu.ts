const margin = 12
const distance = 6

/** Below its button where there is room, else above; never outside the window. */
export function placeMenu(button: HTMLElement, panel: HTMLElement) {
  const from = button.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = panel
  const below = from.bottom + distance
  const fitsBelow = below + height <= innerHeight - margin
  const top = fitsBelow ? below : Math.max(margin, from.top - distance - height)
  // Buttons in the right half open to the left.
  const left = from.left + from.width / 2 > innerWidth / 2 ? from.right - width : from.left
  panel.style.top = `${top}px`
  panel.style.left = `${Math.min(Math.max(margin, left), innerWidth - margin - width)}px`
}
