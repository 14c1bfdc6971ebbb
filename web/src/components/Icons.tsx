// Icons that are ours: what plays, the mark of the house, the shapes of the speakers. The rest comes from lucide.
import type { ReactNode } from 'react'

const paths = {
  play: <path d="M7.5 4.6v14.8c0 .8.9 1.3 1.6.9l11.6-7.4c.6-.4.6-1.4 0-1.8L9.1 3.7c-.7-.4-1.6.1-1.6.9z" />,
  pause: (
    <>
      <rect x="6" y="4.5" width="4" height="15" rx="1.2" />
      <rect x="14" y="4.5" width="4" height="15" rx="1.2" />
    </>
  ),
}

export const PlayIcon = ({ playing = false }: { playing?: boolean }) => (
  <svg className="i" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
    {playing ? paths.pause : paths.play}
  </svg>
)

const Turn = ({ seconds, children }: { seconds: number; children: ReactNode }) => (
  <svg
    className="i"
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.75"
    strokeLinecap="round"
    aria-hidden="true"
  >
    {children}
    <text x="12" y="15.4" fontSize="8" fontWeight="700" textAnchor="middle" fill="currentColor" stroke="none">
      {seconds}
    </text>
  </svg>
)

export const Back15Icon = () => (
  <Turn seconds={15}>
    <path d="M4.5 4.5v4.5H9" />
    <path d="M5 9a8 8 0 1 1-.7 5" />
  </Turn>
)

export const Forward30Icon = () => (
  <Turn seconds={30}>
    <path d="M19.5 4.5v4.5H15" />
    <path d="M19 9a8 8 0 1 0 .7 5" />
  </Turn>
)

/** What waits for a person. */
export const HoldIcon = ({ small = false, label }: { small?: boolean; label?: string }) => (
  <svg
    className={small ? 'i s' : 'i'}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth={small ? 2 : 1.75}
    strokeLinecap="round"
    strokeLinejoin="round"
    {...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': true })}
  >
    <path d="M12 3.5l8.5 8.5-8.5 8.5L3.500 12z" />
    <path d="M12 8.500v4.300M12 15.600v.1" />
  </svg>
)

/** Three bars that move: something is being voiced. */
export const VoicingBars = () => (
  <svg className="eq" viewBox="0 0 14 14" aria-hidden="true">
    <rect x="1" y="2" width="3" height="12" rx="1" />
    <rect x="5.5" y="2" width="3" height="12" rx="1" />
    <rect x="10" y="2" width="3" height="12" rx="1" />
  </svg>
)

export const BrandMark = () => (
  <svg viewBox="0 0 26 26" aria-hidden="true">
    <rect width="26" height="26" rx="6" fill="var(--accent)" />
    <g fill="var(--on-accent)">
      <rect x="5.5" y="10" width="2.6" height="3.6" rx="1.3" />
      <rect x="9.6" y="5.5" width="2.6" height="8.1" rx="1.3" />
      <rect x="13.7" y="12.4" width="2.6" height="8.1" rx="1.3" />
      <rect x="17.8" y="12.4" width="2.6" height="3.6" rx="1.3" />
    </g>
  </svg>
)

const shapes = [
  <circle key="1" cx="5" cy="5" r="4.500" />,
  <rect key="2" x="1" y="1" width="8" height="8" rx="1" />,
  <path key="3" d="M5 0l5 5-5 5-5-5z" />,
  <path key="4" d="M5 .8L9.800 9.300H.2z" />,
  <path
    key="5"
    fillRule="evenodd"
    d="M5 .3a4.700 4.700 0 1 0 0 9.400A4.700 4.700 0 0 0 5 .3zm0 2.400a2.300 2.300 0 1 1 0 4.600 2.300 2.300 0 0 1 0-4.600z"
  />,
  <rect key="6" x="0" y="3" width="10" height="4" rx="1" />,
]

/** A speaker is colour, shape and name: colour is never alone. `speaker` counts from 1. */
export const SpeakerMark = ({ speaker }: { speaker: number }) => (
  <svg className={`mk who-${speaker}`} viewBox="0 0 10 10" aria-hidden="true">
    {shapes[(speaker - 1) % shapes.length]}
  </svg>
)
