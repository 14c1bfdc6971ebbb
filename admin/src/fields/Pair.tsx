/** Two short facts side by side. The drawn dot is read aloud as a comma; a Chinese "·" would be a full em wide. */
export function Pair({ left, right }: { left: string; right: string }) {
  return (
    <>
      {left}
      <i className="dot">, </i>
      {right}
    </>
  )
}
