interface PanelRowsProps {
  rows: readonly { name: string; words: string }[]
}

export const PanelRows = ({ rows }: PanelRowsProps) => (
  <dl>
    {rows.map(({ name, words }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{words}</dd>
      </div>
    ))}
  </dl>
)
