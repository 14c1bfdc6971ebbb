import { useTranslate } from 'react-admin'
import { useFormats } from '../fields/formats.ts'
import type { AdminEpisodeDetail } from '../records.ts'
import { isMoving } from './episode-status.ts'
import { timelineOf } from './timeline.ts'
import type { Axis } from './time-axis.ts'
import type { Bar, BarMark, Row, Timeline } from './timeline.ts'
import { useNow } from './use-now.ts'
import './timeline.css'

/** A wait this long may be drawn folded: its true length is written on it. */
const SAID_MS = 20_000
const always: BarMark[] = ['step', 'voiced', 'retried', 'failed', 'waiting']

export function StepTimeline({ episode }: { episode: AdminEpisodeDetail }) {
  const t = useTranslate()
  const { span } = useFormats()
  const timeline = timelineOf(episode, useNow(isMoving(episode.status)))
  const marks = new Set(timeline.rows.flatMap(({ bars }) => bars.map(({ mark }) => mark)))
  const legend = (['step', 'voiced', 'retried', 'failed', 'waiting', 'unknown', 'cancelled', 'reused'] as const).filter(
    (mark) => always.includes(mark) || marks.has(mark),
  )
  const label = t('console.timeline.label', {
    steps: episode.steps.length,
    calls: episode.usageLogs.length,
    span: span(timeline.axis.spanMs),
  })
  return (
    <section className="card timeline">
      <h2>
        {t('console.timeline.title')}
        <span className="meta legend">
          {legend.map((mark) => (
            <span key={mark}>
              <i className={`bar ${mark}`} />
              {t(`console.timeline.${mark}`)}
            </span>
          ))}
        </span>
      </h2>
      {timeline.rows.length === 0 ? (
        <p className="nothing">{t('console.timeline.empty')}</p>
      ) : (
        <div className="scroll" tabIndex={0} role="img" aria-label={label}>
          <Chart timeline={timeline} />
        </div>
      )}
    </section>
  )
}

function Chart({ timeline: { rows, axis } }: { timeline: Timeline }) {
  const { tick } = useFormats()
  return (
    <div className="chart">
      <div className="ticks">
        {axis.ticksMs.map((ms) => (
          <span key={ms} style={{ left: percent(axis.across(ms)) }}>
            {tick(ms)}
          </span>
        ))}
      </div>
      {rows.map((row) => (
        <ChartRow key={row.key} row={row} axis={axis} />
      ))}
    </div>
  )
}

const percent = (part: number) => `${part * 100}%`

function ChartRow({ row, axis: { across } }: { row: Row; axis: Axis }) {
  const t = useTranslate()
  const { span } = useFormats()
  const name = row.lane
    ? t(`console.step.${row.name}`, { lane: row.lane })
    : t(`console.status_name.${row.name}`, { _: t(`console.step.${row.name}`, { _: row.name }) })
  const words = ({ mark, line, startMs, endMs, running }: Bar) =>
    [line === null ? name : t('console.timeline.line', { line: line + 1 }), t(`console.timeline.${mark}`), span(endMs - startMs)]
      .concat(running ? t('console.timeline.running') : [])
      .join(', ')
  return (
    <div className="row">
      <span className="name">{name}</span>
      <span className="track">
        {row.bars.map((bar) => (
          <i
            key={bar.key}
            className={`bar ${bar.mark} ${bar.running ? 'running' : ''}`}
            title={words(bar)}
            style={{ left: percent(across(bar.startMs)), width: percent(across(bar.endMs) - across(bar.startMs)) }}
          >
            {bar.mark === 'waiting' && bar.endMs - bar.startMs > SAID_MS ? span(bar.endMs - bar.startMs) : null}
          </i>
        ))}
      </span>
    </div>
  )
}
