import './field.css'
import type { FieldValues, Path } from 'react-hook-form'
import type { HTMLInputAutoCompleteAttribute, InputHTMLAttributes } from 'react'
import { useOwnId } from '../lib/use-own-id.ts'
import type { FormOfApi } from './use-api-form.ts'
import { WrongLine } from './WrongLine.tsx'

interface FieldProps<Values extends FieldValues> {
  form: FormOfApi<Values>
  name: Path<Values>
  label: string
  type?: string
  autoComplete: HTMLInputAutoCompleteAttribute
  inputMode?: InputHTMLAttributes<HTMLInputElement>['inputMode']
  placeholder?: string
  hint?: string | undefined
  /** The most letters, by the API's schema. */
  most?: number | undefined
}

/** A labelled line of a form, with what is wrong with it beneath. */
export function Field<Values extends FieldValues>({ form, name, label, type = 'text', hint, most, ...rest }: FieldProps<Values>) {
  const id = useOwnId()
  const wrong = form.getFieldState(name, form.formState).error
  const told = [wrong && id, hint && `${id}-hint`].filter(Boolean).join(' ')
  return (
    <div className="formfield">
      <label>
        <span>{label}</span>
        <div className="field">
          <input
            type={type}
            maxLength={most}
            aria-required={form.needs(name)}
            aria-invalid={wrong !== undefined}
            aria-describedby={told || undefined}
            {...rest}
            {...form.register(name)}
          />
        </div>
      </label>
      {hint && (
        <p className="meta" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <WrongLine id={id} wrong={wrong} />
    </div>
  )
}
