import './money-field.css'

interface MoneyFieldProps {
  id: string
  value: string
  describedBy?: string
  onChange: (typed: string) => void
}

/** A sum in dollars, as typed. */
export const MoneyField = ({ id, value, describedBy, onChange }: MoneyFieldProps) => (
  <div className="field moneyfield">
    <span aria-hidden="true">US$</span>
    <input
      id={id}
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
