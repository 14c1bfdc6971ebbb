/** The mark: call and answer of the tape, on cinnabar. */
export function Brand() {
  return (
    <svg viewBox="0 0 26 26" width="26" height="26" aria-hidden="true">
      <rect width="26" height="26" rx="6" fill="var(--accent)" />
      <g fill="var(--on-accent)">
        <rect x="5.500" y="10" width="2.600" height="3.600" rx="1.300" />
        <rect x="9.600" y="5.500" width="2.600" height="8.100" rx="1.300" />
        <rect x="13.700" y="12.400" width="2.600" height="8.100" rx="1.300" />
        <rect x="17.800" y="12.400" width="2.600" height="3.600" rx="1.300" />
      </g>
    </svg>
  )
}
