import { type ScriptTurn, parseScript } from '../../shared/script-format.ts'
import { hasSpeech, spokenUnits } from '../../shared/text.ts'
import { lineSpans, textOfSpan } from './line-grouping.ts'
import type {
  DraftLine,
  Outline,
  OutlineRequest,
  OutlineSection,
  PassageRef,
  ScriptWriter,
  SectionRequest,
  Usage,
} from './port.ts'
import { ScriptFailed } from './port.ts'

const SECTION_TURNS = 30
const PAUSE_MS = { withinTurn: 300, sameSpeaker: 400, nextSpeaker: 550 }
const HEADING = /^\s*#{1,6}\s+(.*\S)/mu

const spokenTurns = (text: string): ScriptTurn[] => parseScript(text).lines.filter((turn) => hasSpeech(turn.text))

// Sections begin where a heading stands between two turns, and after thirty turns.
function scriptSections(text: string, source: number, request: OutlineRequest): OutlineSection[] {
  const sections: (OutlineSection & { turns: number })[] = []
  let previousEnd = 0
  for (const turn of spokenTurns(text)) {
    const heading = HEADING.exec(text.slice(previousEnd, turn.start))?.[1]
    const current = sections.at(-1)
    const units = spokenUnits(turn.text, request.language)
    if (!current || heading || current.turns >= SECTION_TURNS) {
      sections.push({
        title: heading ?? '',
        passages: [{ source, start: turn.start, end: turn.end }],
        targetUnits: units,
        turns: 1,
      })
    } else {
      ;(current.passages[0] as PassageRef).end = turn.end
      current.targetUnits += units
      current.turns += 1
    }
    previousEnd = turn.end
  }
  return sections.map(({ title, passages, targetUnits }) => ({ title, passages, targetUnits }))
}

async function outline(request: OutlineRequest): Promise<{ outline: Outline; usage: Usage }> {
  const sections = request.sources.flatMap(({ text }, source) => scriptSections(text, source, request))
  const [first] = sections
  if (!first) throw new ScriptFailed('nothing_to_say', 'the script has no turn with a speaker', { retryable: false })
  const opening = spokenTurns(request.sources[first.passages[0]?.source ?? 0]?.text ?? '')[0]?.text ?? ''
  const title =
    request.title ||
    request.sources[0]?.title ||
    first.title ||
    [...(opening.split(/[\n。！？!?]/u)[0] ?? '')].slice(0, 30).join('')
  const inputUnits = request.sources.reduce((total, source) => total + source.text.length, 0)
  return { outline: { title, sections }, usage: { inputUnits, outputUnits: 0 } }
}

function* turnLines(turn: ScriptTurn, next: ScriptTurn | undefined, ref: PassageRef): Generator<DraftLine> {
  const spans = lineSpans(turn.text)
  for (const [index, span] of spans.entries()) {
    const isLast = index === spans.length - 1
    const turnPauseMs = next?.speaker === turn.speaker ? PAUSE_MS.sameSpeaker : PAUSE_MS.nextSpeaker
    yield {
      speaker: turn.speaker,
      text: textOfSpan(turn.text, span),
      ...(turn.direction ? { direction: turn.direction } : {}),
      pauseAfterMs: isLast ? turnPauseMs : PAUSE_MS.withinTurn,
      sourceRefs: [ref],
    }
  }
}

async function* section(request: SectionRequest, { signal }: { signal: AbortSignal }): AsyncGenerator<DraftLine, Usage> {
  const usage: Usage = { inputUnits: 0, outputUnits: 0 }
  for (const { source, start, end } of request.outline.sections[request.sectionIndex]?.passages ?? []) {
    usage.inputUnits += end - start
    // The whole is read again: a part of JSON or SRT is neither.
    const turns = spokenTurns(request.sources[source]?.text ?? '').filter((turn) => turn.start >= start && turn.end <= end)
    for (const [index, turn] of turns.entries()) {
      signal.throwIfAborted()
      for (const line of turnLines(turn, turns[index + 1], { source, start: turn.start, end: turn.end })) {
        usage.outputUnits += line.text.length
        yield line
      }
    }
  }
  return usage
}

/**
 * Takes a finished script (`parseScript`) as it is: every turn that can be spoken, in order, with its speaker and direction; a
 * long turn becomes several lines. Whether the speakers are declared is the door's business. Costs nothing; the same request gives the same script.
 */
export const ownScriptWriter: ScriptWriter = {
  name: 'own script',
  provider: 'local',
  model: 'own-script-1',
  accounts: 'deed',
  outline,
  section,
}
