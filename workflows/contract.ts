// What workflows, their hands (activities) and the door (api) agree on. Imports nothing, so that every room can import it.

/** Task queues. Rate and concurrency of a provider live on its own queue. */
export const queues = {
  episodes: 'episodes',
  script: 'script',
  audio: 'audio',
  backup: 'backup',
  speech: (provider: string) => `speech-${provider}`,
} as const

export const workflowNames = {
  produceEpisode: 'produceEpisode',
  purgeEpisode: 'purgeEpisode',
  makeVoiceSample: 'makeVoiceSample',
  testProvider: 'testProvider',
  reconcile: 'reconcile',
  runBackup: 'runBackup',
  drillBackup: 'drillBackup',
} as const

/** One workflow a version; starting it twice is starting it once. */
export const episodeWorkflowId = (episodeId: string, version: number) => `episode-${episodeId}-v${version}`

/** Where `episodeWorkflowId` points: what to make. Everything else is read from the store by the hands. */
export interface ProduceEpisodeInput {
  episodeId: string
  versionId: string
  version: number
  userId: string
  /** Shown in the Temporal UI. */
  title: string
  /** The script waits for a person before a line is voiced. */
  review?: ReviewTerms
  /** The script is there from the start, as that of an edit is: nothing is read or written. */
  isWritten?: true
  /** An earlier run wrote the script and voiced part of it, until it became too long. */
  goesOn?: LinesBefore
}

/** What became of the lines of earlier runs of the same workflow. */
export interface LinesBefore {
  voiced: number
  failed: number
}

/** How long a script waits for its person, and how long before the end they are told. */
export interface ReviewTerms {
  waitSeconds: number
  noticeSeconds: number
}

/** One workflow at a time a voice. */
export const sampleWorkflowId = (voiceId: string) => `sample-${voiceId}`

/** One workflow a test call. */
export const providerTestWorkflowId = (testId: string) => `provider-test-${testId}`

/** A deleted episode, and how long its owner may still change their mind. */
export interface PurgeEpisodeInput {
  episodeId: string
  undoSeconds: number
}

/** A voice that shall say its sentence, and who speaks for it. */
export interface VoiceSampleInput {
  voiceId: string
  provider: string
}

/** One small call, to see whether a provider answers. */
export interface ProviderTestInput {
  testId: string
  provider: string
}

/** A look at the whole store. `report` changes nothing; `safe` deletes nothing; `apply` mends everything. */
export interface ReconcileInput {
  mode: 'report' | 'safe' | 'apply'
  /** Deletes however many objects it finds. */
  allowMany?: boolean
}

export interface ReconcileRef extends ReconcileInput {
  runId: string
}

/** An episode in the making that no run makes: its run was never begun or is forgotten (`gone`), or is over (`over`). */
export interface LostEpisode extends VersionRef {
  run: 'gone' | 'over'
  isCancelling: boolean
}

/** What a reconciliation can find. */
export const findingKinds = [
  'episode-without-run',
  'line-left-voicing',
  'sample-left-making',
  'reservation-left-open',
  'call-nobody-knows',
  'object-without-row',
  'object-unused',
  'upload-unfinished',
  'row-without-object',
  /** What somebody will want to hear is gone: only a person can mend that. */
  'object-missing',
] as const
export type FindingKind = (typeof findingKinds)[number]

/** A backup, by its row. */
export interface BackupRef {
  backupId: string
}

/** Who was erased, or which key was revoked: done again after a restore. */
export interface TombstoneInput {
  kind: 'user' | 'key'
  subjectId: string
}

/** Signals a running `produceEpisode` hears. Cancel is Temporal's own cancellation. */
export const signals = {
  /** A person mended what the run waits for: do it again. */
  repair: 'repair',
  /** A person read the script and wants it voiced. */
  approve: 'approve',
  /** A cap was raised or lifted: look again whether there is money. */
  funds: 'funds',
} as const

/** The steps of an episode's life that take time; the names are also episode statuses. */
export type EpisodeStep = 'reading' | 'writing' | 'review' | 'voicing' | 'assembling'

export interface VersionRef {
  episodeId: string
  versionId: string
}

export interface SourceRef {
  sourceId: string
}

export interface SectionRef extends VersionRef {
  section: number
}

/** A line to be voiced: enough to route it, never its words. */
export interface LineRef extends VersionRef {
  lineId: string
  position: number
  provider: string
  /** How long it will roughly sound: the longest of the last lines start first. */
  estimatedMs: number
}

/** What may not be exceeded: the episode's budget, its owner's monthly plan, the house's daily cap; or everything is stopped. */
export type Cap = 'episode' | 'plan' | 'day' | 'stop'

/** A call that a cap does not allow, and what it would cost at most. */
export interface Hold {
  cap: Cap
  neededMicroUsd: number
}

export interface Failure {
  code: string
  detail: string
  /** There is no money for it now: nothing is wrong, and nothing was called. */
  hold?: Hold
  /** A person can mend it, and then the same run goes on. */
  waitsForPerson?: boolean
}

/** The menu of deeds. Each may run twice: the second run finds what the first one stored. */
export interface Activities {
  /** The episode enters `step`: status, time line and listeners are told. */
  enterStep(input: VersionRef & { step: EpisodeStep }): Promise<void>
  /** The sources of an episode, in the order given. */
  listSources(input: VersionRef): Promise<SourceRef[]>
  /** Source -> clean text in the object store. */
  readSource(input: VersionRef & SourceRef): Promise<void>
  /** Writes the outline; answers how many sections it has. */
  outlineScript(input: VersionRef): Promise<{ sections: number }>
  /** Writes one section; its lines are stored as they come and answered as references. */
  writeSection(input: SectionRef): Promise<LineRef[]>
  /** Voices one line and stores its segment, unless its content key is stored already. */
  voiceLine(input: LineRef): Promise<void>
  /** A line could not be voiced, whatever was tried. */
  markLineFailed(input: LineRef & { failure: Failure }): Promise<void>
  /** Some lines failed for good, or a step did for what only a person can mend: the run pauses until they have. */
  pauseForRepair(input: VersionRef & { failedLines: number; failure?: Failure }): Promise<void>
  /**
   * The script waits: answers in how many ms to look again, or null when nobody came in time; then the version is closed to its person. Sets
   * the end of the wait when there is none yet, and says when it is near. Each change of the script begins the wait anew.
   */
  tendReview(input: VersionRef & ReviewTerms): Promise<{ lookAgainMs: number | null }>
  /**
   * Looks whether the money is there by now; if not, the run pauses as `paused_budget`. `againInMs`: when it is worth looking again by
   * itself; left out where only a person can help.
   */
  pauseForMoney(input: VersionRef & { hold: Hold }): Promise<{ paused: boolean; againInMs?: number }>
  /** After a repair or the gate: the lines still without sound. */
  linesToVoice(input: VersionRef): Promise<LineRef[]>
  /** The lines that are neither there nor failed: where a run goes on that became too long. */
  linesLeft(input: VersionRef): Promise<LineRef[]>
  /** All lines are there: joins, proves and stores the episode, and commits `ready`. */
  assembleEpisode(input: VersionRef): Promise<{ durationMs: number; bytes: number }>
  /** Stopped by a person: settles the money, keeps what was made. */
  settleCancelled(input: VersionRef): Promise<void>
  /** Removes a deleted episode and the objects nothing else uses; does nothing when it was brought back. */
  purgeEpisode(input: { episodeId: string }): Promise<void>
  /** Lets a voice say its sentence and keeps it; kept already, it does nothing. */
  voiceSample(input: { voiceId: string }): Promise<void>
  /** The sentence could not be had: says why to whoever asks for it. */
  markSampleFailed(input: { voiceId: string; failure: Failure }): Promise<void>
  /** Makes the test call and writes down how it ended, whatever that is. Made already, it makes none. */
  testProvider(input: { testId: string }): Promise<void>
  /** Opens the report of a reconciliation; one a workflow. */
  beginReconcile(input: ReconcileInput & { workflowId: string }): Promise<{ runId: string }>
  /** Episodes in the making that no run makes. Changes nothing but the report. */
  findLostEpisodes(input: ReconcileRef): Promise<LostEpisode[]>
  /** Orders the making of a lost episode again; what is stored of it is found. */
  orderAgain(input: VersionRef): Promise<void>
  /** How many of the lost episodes were taken care of. */
  noteLostEpisodes(input: ReconcileRef & { mended: number }): Promise<void>
  /** Lines, reservations and calls that the end of their run has left open. */
  reconcileRows(input: ReconcileRef): Promise<void>
  /** The bucket against the rows: objects without use, unfinished uploads, rows without an object. */
  reconcileObjects(input: ReconcileRef): Promise<void>
  endReconcile(input: ReconcileRef & { failure?: Failure }): Promise<void>
  /** Opens a backup; the same key is the same backup. `isOver`: there is nothing to do, or another one is being made. */
  beginBackup(input: { key: string; workflowId: string }): Promise<BackupRef & { isOver: boolean }>
  /** Database -> the bucket of backups, under a temporary name; with the figures of the same snapshot. */
  dumpDatabase(input: BackupRef): Promise<void>
  /** Restores the stored dump into a scratch database and compares; a backup that is kept already is drilled anew. */
  drillBackup(input: BackupRef): Promise<void>
  /** Lists the objects, signs the manifest, and only then the backup is `verified`. */
  keepBackup(input: BackupRef): Promise<void>
  /** Deletes old backups, as retention allows. */
  pruneBackups(input: BackupRef): Promise<void>
  /** The end of a backup; without a failure it is as it should be. What it left on its way is removed. */
  endBackup(input: BackupRef & { failure?: Failure }): Promise<void>
  /** A drill that somebody asked for is over. */
  endDrill(input: BackupRef & { failure?: Failure }): Promise<void>
  /** Writes down that somebody was erased or a key revoked: in the database, and outside every dump. */
  bury(input: TombstoneInput): Promise<void>
  /** Nothing can mend it: says why, settles the money, keeps what was made. */
  settleFailed(input: VersionRef & { failure: Failure }): Promise<void>
}
