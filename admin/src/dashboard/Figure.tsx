/** A number to be seen from across the room: what it is, how much, and what to hold it against. */
export function Figure({ name, value, beside, hold }: { name: string; value: string; beside?: string; hold?: boolean }) {
  return (
    <p className={hold ? 'hold' : ''}>
      <span className="meta">{name}</span>
      <b>{value}</b>
      <span className="meta">{beside}</span>
    </p>
  )
}
