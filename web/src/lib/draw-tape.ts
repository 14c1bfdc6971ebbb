import type { Bar } from './tape.ts'

interface Look {
  bar: number
  gap: number
  solo: boolean
  heard: number | undefined
}

const breathMs = 1_600

export function drawTape(canvas: HTMLCanvasElement, bars: readonly Bar[], look: Look) {
  const pen = canvas.getContext('2d')
  const { clientWidth: width, clientHeight: height } = canvas
  if (!pen || width === 0) return
  const ratio = devicePixelRatio
  canvas.width = Math.round(width * ratio)
  canvas.height = Math.round(height * ratio)
  pen.scale(ratio, ratio)
  const styles = getComputedStyle(document.documentElement)
  const token = (name: string) => styles.getPropertyValue(name)
  const step = look.bar + look.gap
  const headX = look.heard === undefined ? -1 : look.heard * width

  bars.forEach((bar, index) => {
    const x = index * step
    const heard = x + look.bar / 2 <= headX
    const shape = shapeOf(bar, index, height, look.solo)
    if (!shape) return
    pen.globalAlpha = alphaOf(bar)
    pen.fillStyle = token(colourOf(bar, heard))
    pen.fillRect(x, shape.y, shape.square ?? look.bar, shape.length)
  })
  pen.globalAlpha = 1
  if (look.heard === undefined) return
  pen.fillStyle = token('--accent')
  pen.fillRect(Math.min(width - 2, Math.max(0, headX - 1)), 0, 2, height)
}

function shapeOf(bar: Bar, index: number, height: number, solo: boolean) {
  const middle = height / 2
  if (bar.state === 'skipped') return null
  if (bar.state === 'waiting') return { y: middle - 1, length: 2, square: 2 }
  if (bar.state === 'voicing') return centred(middle, height * (index % 2 === 0 ? 0.28 : 0.18))
  if (bar.state === 'failed') return centred(middle, height * 0.28)
  const reach = 2 + (bar.height / 9) * (middle - 3)
  if (solo) return centred(middle, reach * 2)
  // Odd speakers above the middle, even ones below: a talk is visible as call and answer.
  return bar.speaker % 2 === 1 ? { y: middle + 1 - reach, length: reach } : { y: middle - 1, length: reach }
}

const centred = (middle: number, length: number) => ({ y: middle - length / 2, length, square: undefined })

function colourOf(bar: Bar, heard: boolean) {
  if (bar.state === 'waiting') return '--ink-3'
  if (bar.state === 'failed') return '--hold-mark'
  if (bar.state === 'voicing' || heard) return '--accent'
  return `--s${bar.speaker}`
}

function alphaOf(bar: Bar) {
  if (bar.state === 'waiting') return 0.55
  if (bar.state !== 'voicing') return 1
  return 0.68 + 0.32 * Math.cos((performance.now() / breathMs) * 2 * Math.PI)
}
