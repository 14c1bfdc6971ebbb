interface FieldProps {
  name: string
  label: string
  type?: string
  autoComplete: string
  hint?: string | undefined
  optional?: boolean
}

/** A labelled line of a form. */
export const Field = ({ name, label, type = 'text', autoComplete, hint, optional = false }: FieldProps) => (
  <label>
    <span>{label}</span>
    <div className="field">
      <input name={name} type={type} autoComplete={autoComplete} required={!optional} />
    </div>
    {hint && <div className="meta">{hint}</div>}
  </label>
)
