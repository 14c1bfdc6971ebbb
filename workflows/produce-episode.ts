import {
  CancellationScope,
  CancelledFailure,
  TemporalFailure,
  continueAsNew,
  isCancellation,
  patched,
  setCurrentDetails,
} from '@temporalio/workflow'
import { assembler, quick, reader, writer } from './activity-options.ts'
import type { EpisodeStep, LineRef, LinesBefore, ProduceEpisodeInput, ReviewTerms } from './contract.ts'
import { Person } from './person.ts'
import { Review } from './review.ts'
import { tell } from './tell.ts'
import { VoicingWindow, failureOf } from './voicing-window.ts'

/**
 * The life of an episode: its sources are read, its script is written section by section, and each line is voiced
 * as soon as it is written, so that listening starts while later lines are still being made; where the brief asks for it, a person
 * reads the whole script first. Of an edited episode only the changed lines are voiced. A script that cannot be written and
 * lines that cannot be voiced pause the run until a person mends them. When all are there they are joined into the finished episode.
 * Cancelled at any moment, it ends its calls, settles the money and keeps what was made. A very long one goes on as a new run of the same workflow.
 */
export async function produceEpisode(episode: ProduceEpisodeInput): Promise<{ durationMs: number; bytes: number }> {
  const person = new Person(episode)
  const review = new Review()
  const voicing = new VoicingWindow(episode.userId, person.funds)
  try {
    if (episode.goesOn) await voiceTheRest(episode, voicing, episode.goesOn)
    // Begun by a worker of before, such a run has read and passed through its script, and goes on so.
    else if (episode.isWritten && patched('straight-to-the-voices')) await voiceWritten(episode, voicing, review)
    else {
      await read(episode)
      await writeAndVoice(episode, voicing, person, review)
    }
    await repairUntilWhole(episode, voicing, person)
    return await assemble(episode)
  } catch (error) {
    // A fault of this very code is no end of an episode: the run waits for a deploy that mends it.
    if (!(error instanceof TemporalFailure)) throw error
    const end = endOf(error)
    await CancellationScope.nonCancellable(() => settle(episode, voicing, end))
    throw end
  }
}

async function read(episode: ProduceEpisodeInput): Promise<void> {
  await enter(episode, 'reading')
  const sources = await quick.listSources(ref(episode))
  const readings = await Promise.allSettled(sources.map((source) => reader.readSource({ ...ref(episode), ...source })))
  // Thrown only now that all have ended: nothing may still be at work when the money is settled.
  for (const reading of readings) if (reading.status === 'rejected') throw reading.reason
}

/** With the gate no line is voiced before all are written and a person has approved them. */
async function writeAndVoice(
  episode: ProduceEpisodeInput,
  voicing: VoicingWindow,
  person: Person,
  review: Review,
): Promise<void> {
  const write = () => enter(episode, 'writing')
  await write()
  const { sections } = await person.untilDone(() => writer.outlineScript(ref(episode)), write)
  for (let section = 0; section < sections; section++) {
    const summary = `section ${section + 1} of ${sections}`
    const lines = await person.untilDone(
      () => writer.writeSection.executeWithOptions({ summary }, [{ ...ref(episode), section }]),
      write,
    )
    if (!episode.review) voicing.add(lines)
  }
  if (episode.review) voicing.add(await approvedLines(episode, review, episode.review))
  else await enter(episode, 'voicing')
  setCurrentDetails(`${sections} sections written, ${voicing.total} lines`)
  await voiceAll(episode, voicing)
}

async function voiceWritten(episode: ProduceEpisodeInput, voicing: VoicingWindow, review: Review): Promise<void> {
  voicing.add(await (episode.review ? approvedLines(episode, review, episode.review) : linesToVoice(episode)))
  await voiceAll(episode, voicing)
}

/** Ends this run when it has become too long, and leaves the rest to the next. */
async function voiceAll(episode: ProduceEpisodeInput, voicing: VoicingWindow): Promise<void> {
  await voicing.drain()
  const { voiced, failed } = voicing
  if (voicing.isCut) await continueAsNew<typeof produceEpisode>({ ...episode, goesOn: { voiced, failed } })
}

async function voiceTheRest(
  episode: ProduceEpisodeInput,
  voicing: VoicingWindow,
  { voiced, failed }: LinesBefore,
): Promise<void> {
  voicing.voiced = voiced
  voicing.failed = failed
  voicing.add(await quick.linesLeft(ref(episode)))
  await voiceAll(episode, voicing)
}

async function approvedLines(episode: ProduceEpisodeInput, review: Review, terms: ReviewTerms): Promise<LineRef[]> {
  await enter(episode, 'review')
  await review.passed(ref(episode), terms)
  return linesToVoice(episode)
}

async function linesToVoice(episode: ProduceEpisodeInput): Promise<LineRef[]> {
  await enter(episode, 'voicing')
  return quick.linesToVoice(ref(episode))
}

async function repairUntilWhole(episode: ProduceEpisodeInput, voicing: VoicingWindow, person: Person): Promise<void> {
  while (voicing.failed > 0) {
    await person.mends(`${voicing.failed} of ${voicing.total} lines wait for a person`, { failedLines: voicing.failed })
    voicing.failed = 0
    voicing.add(await linesToVoice(episode))
    await voiceAll(episode, voicing)
  }
}

async function assemble(episode: ProduceEpisodeInput): Promise<{ durationMs: number; bytes: number }> {
  await enter(episode, 'assembling')
  const made = await assembler.assembleEpisode(ref(episode))
  tell('ready', `${Math.round(made.durationMs / 1000)} s of sound, ${made.bytes} bytes`)
  return made
}

/** A deed whose worker dies while it is being stopped is late for good, not cancelled: its run was stopped all the same. */
function endOf(error: TemporalFailure): TemporalFailure {
  if (isCancellation(error) || !CancellationScope.current().consideredCancelled) return error
  return patched('stopped-is-stopped') ? new CancelledFailure('stopped') : error
}

async function settle(episode: ProduceEpisodeInput, voicing: VoicingWindow, error: unknown): Promise<void> {
  await voicing.stop()
  if (isCancellation(error)) {
    await quick.settleCancelled(ref(episode))
    tell('cancelled', `stopped with ${voicing.voiced} of ${voicing.total} lines voiced`)
  } else {
    const failure = failureOf(error)
    await quick.settleFailed({ ...ref(episode), failure })
    tell('failed', `${failure.code}: ${failure.detail}`)
  }
}

const ref = ({ episodeId, versionId }: ProduceEpisodeInput) => ({ episodeId, versionId })

async function enter(episode: ProduceEpisodeInput, step: EpisodeStep): Promise<void> {
  tell(step, `${step} since ${new Date().toISOString()}`)
  await quick.enterStep.executeWithOptions({ summary: step }, [{ ...ref(episode), step }])
}
