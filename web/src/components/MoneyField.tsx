import './money-field.css'
import type { Ref } from 'react'
import { dollarSign } from '../lib/money.ts'
import { useUiLanguage } from '../lib/ui-language.ts'

interface MoneyFieldProps {
  id: string
  value: string
  describedBy?: string
  inputRef?: Ref<HTMLInputElement>
  onChange: (typed: string) => void
}

/** A sum in dollars, as typed. */
export const MoneyField = ({ id, value, describedBy, inputRef, onChange }: MoneyFieldProps) => (
  <div className="field moneyfield">
    <span aria-hidden="true">{dollarSign(useUiLanguage())}</span>
    <input
      id={id}
      ref={inputRef}
      inputMode="decimal"
      autoComplete="off"
      maxLength={12}
      placeholder="0.50"
      aria-describedby={describedBy}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  </div>
)
