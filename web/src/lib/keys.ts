const typing = 'input:not([type="range"]), textarea, select, [contenteditable], [role="menu"], dialog'

/** The key belongs to a field, a menu, a dialog, an input method or the browser: no shortcut of ours. */
export function isTyping(event: KeyboardEvent): boolean {
  if (event.isComposing || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return true
  return event.target instanceof Element && event.target.closest(typing) !== null
}
