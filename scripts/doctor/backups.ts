import { ObjectStore } from '../../shared/object-store.ts'
import type { ObjectStoreSettings } from '../../shared/object-store.ts'
import { Trouble } from '../checklist/checklist.ts'

const HOUR_MS = 3_600_000
/** A day, and two hours for a run that began late: the alert rings at the same age. */
const MAX_AGE_HOURS = 26

/** Whether a backup that was restored and compared lies in the backups' bucket, and is of today. */
export async function lookAtBackups(settings: ObjectStoreSettings): Promise<string> {
  const store = new ObjectStore(settings)
  let newest = 0
  try {
    for await (const page of store.pages('verified/'))
      newest = Math.max(newest, ...page.map(({ modifiedAt }) => modifiedAt.getTime()))
  } finally {
    store.close()
  }
  if (newest === 0) throw new Trouble(`no verified backup in ${settings.S3_BUCKET}`, 'npm run backup')
  const hours = Math.floor((Date.now() - newest) / HOUR_MS)
  if (hours >= MAX_AGE_HOURS)
    throw new Trouble(
      `the newest verified backup is ${hours} h old`,
      'npm run backup, and see in the console why the schedule did not',
    )
  return `the newest verified backup is ${hours} h old`
}
