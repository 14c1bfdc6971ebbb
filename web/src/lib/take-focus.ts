/** As a `ref` that stays the same: what a person called up has the focus from the moment it is there. */
export const takeFocus = (element: HTMLElement | null) => element?.focus()
