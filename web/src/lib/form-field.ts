/** What was typed into a field; a form may also carry files, which these forms do not. */
export function fieldOf(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
