import { useState } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import { Refusal, ask } from '../../lib/api.ts'
import type { SentFile } from '../../lib/draft.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'

/** More at a time would only make each of them slower. */
const AT_ONCE = 4

interface Upload {
  uploadId: string
  url: string
  headers: Record<string, string>
}

/** A file on its way, or one that did not get there and why. */
export interface FileOnItsWay {
  name: string
  trouble: string | null
}

export interface Sending {
  onTheirWay: FileOnItsWay[]
  /** Sends them, a few at a time, and answers those that arrived, in their order. */
  send(files: File[]): Promise<SentFile[]>
  forget(file: FileOnItsWay): void
}

/** Files that go straight to the store, each to a place of its own. */
export function useSending(maxBytes = Infinity): Sending {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const [onTheirWay, setOnTheirWay] = useState<FileOnItsWay[]>([])
  const forget = (gone: FileOnItsWay) => setOnTheirWay((files) => files.filter((file) => file !== gone))

  async function sendOne(file: File): Promise<SentFile[]> {
    const way: FileOnItsWay = { name: file.name, trouble: null }
    setOnTheirWay((files) => [...files, way])
    try {
      if (file.size === 0) throw new Error(t('source.failed.empty'))
      if (file.size > maxBytes) throw new Error(t('source.tooBig', { megabytes: Math.floor(maxBytes / 1024 / 1024) }))
      const upload = await ask<Upload>('/api/uploads', { method: 'POST', body: { name: file.name, bytes: file.size } })
      await put(upload, file)
      forget(way)
      return [{ uploadId: upload.uploadId, name: file.name }]
    } catch (error) {
      const why = error instanceof Refusal ? say(error) : error instanceof Error ? error.message : String(error)
      setOnTheirWay((files) => files.map((one) => (one === way ? { ...way, trouble: why } : one)))
      return []
    }
  }
  async function send(files: File[]): Promise<SentFile[]> {
    const arrived: SentFile[][] = []
    const queue = [...files.entries()]
    const sendNext = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) arrived[next[0]] = await sendOne(next[1])
    }
    await Promise.all(Array.from({ length: AT_ONCE }, sendNext))
    return arrived.flat()
  }
  return { onTheirWay, forget, send }
}

async function put({ url, headers }: Upload, file: File): Promise<void> {
  const answer = await fetch(url, { method: 'PUT', headers, body: file }).catch((error: unknown) => {
    throw new Refusal('no-connection', 0, String(error))
  })
  if (!answer.ok) throw new Refusal('upload-missing', answer.status, answer.statusText)
}
