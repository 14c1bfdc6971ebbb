import { type Colour, Picture } from './png.ts'

/** Apple asks for 1400 to 3000 pixels. */
export const COVER_PIXELS = 1400

// The picture the web app draws beside an episode, seven times as large: the same bars in the same colours (its tokens.css).
const SCALE = 7
const COLUMNS = 7
const HEARD_COLUMN = COLUMNS - 3
const MIDDLE = 100
const ACCENT = 1
const FIRST_SPEAKER = 2
/** The first is the ground. */
const PALETTE: readonly Colour[] = ['#f1f2f5', '#d02f1a', '#1f3c9c', '#197746', '#741b67', '#0370ad', '#2b390b', '#84607c']

interface Bar {
  speaker: number
  height: number
}

function barsOf(tape: string): Bar[] {
  const marks = Math.floor(tape.length / 2)
  return Array.from({ length: COLUMNS }, (_, column) => {
    const at = Math.floor((column / COLUMNS) * marks) * 2
    return { speaker: Number(tape[at]) || 0, height: Number(tape[at + 1]) || 0 }
  })
}

// Speakers stand on either side of the line in the middle; one alone stands on both.
function spanOf({ speaker, height }: Bar, isSolo: boolean): [from: number, until: number] {
  const length = 14 + height * 7
  if (isSolo) return [MIDDLE - length / 2, MIDDLE + length / 2]
  return speaker % 2 === 0 ? [MIDDLE - length, MIDDLE] : [MIDDLE, MIDDLE + length]
}

/** An episode's cover: its tape, coarsened to seven bars, as a square PNG of 1400 pixels and a few kB. Same tape, same bytes. */
export function coverOf(tape: string, isSolo: boolean): Buffer {
  const picture = new Picture(COVER_PIXELS)
  const scaled = ([from, until]: [number, number]): [number, number] => [Math.round(from * SCALE), Math.round(until * SCALE)]
  for (const [column, bar] of barsOf(tape).entries()) {
    const left = 19 + column * 24.5
    const colour = column === HEARD_COLUMN ? ACCENT : FIRST_SPEAKER + (bar.speaker % (PALETTE.length - FIRST_SPEAKER))
    picture.fill(scaled([left, left + 15]), scaled(spanOf(bar, isSolo)), colour)
  }
  return picture.png(PALETTE)
}
