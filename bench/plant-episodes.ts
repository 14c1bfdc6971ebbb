import { rows } from '../tests/setup/store.ts'
import type { Run } from '../tests/setup/launch.ts'

const BRIEF = JSON.stringify({ speakers: [{ name: 'A', voiceId: 'openai-nova' }], budgetMicroUsd: null })

/** Finished episodes of a person, one a second into the past, without a worker having made them; answers the id of the newest. */
export async function plantEpisodes(run: Run, userId: string, count: number, lines = 0): Promise<string> {
  const [newest] = await rows<{ id: string }>(
    run,
    `WITH e AS (
       INSERT INTO episodes (id, user_id, kind, language, title, status, brief, request_hash, created_at, updated_at)
       SELECT gen_random_uuid(), $1, 'narration', 'en', 'Episode ' || n, 'ready', $2::jsonb, 'planted', now() - n * interval '1 second', now()
       FROM generate_series(1, $3::int) n RETURNING id, created_at),
     v AS (INSERT INTO versions (id, episode_id, number, workflow_id) SELECT gen_random_uuid(), id, 1, 'planted-' || id FROM e RETURNING id, episode_id),
     r AS (INSERT INTO renders (version_id, mp3_key, transcript_key, bytes, duration_ms, frames, tape)
       SELECT id, 'renders/' || id || '.mp3', 'renders/' || id || '.vtt', 1000000, 60000, 2500, repeat('05', 120) FROM v RETURNING version_id),
     g AS (INSERT INTO segments (content_key, user_id, provider, model, voice_id, flac_key, mp3_key, samples, frames, energies)
       SELECT 'planted-' || v.id || '-' || n, $1, 'openai', 'tts-1', 'openai-nova', 'segments/' || v.id || '-' || n || '.flac',
         'segments/' || v.id || '-' || n || '.mp3', 36000, 63, decode(repeat('0000803c', 15), 'hex') FROM v, generate_series(1, $4::int) n RETURNING content_key),
     l AS (INSERT INTO lines (id, version_id, section, position, speaker, voice_id, text, status, pause_after_ms, source_refs, segment_key)
       SELECT gen_random_uuid(), v.id, 0, n, 'A', 'openai-nova', 'A sentence that was spoken.', 'ready', 0, '[]', 'planted-' || v.id || '-' || n
       FROM v, generate_series(1, $4::int) n),
     s AS (INSERT INTO steps (version_id, name, ended_at) SELECT v.id, name, now() FROM v, unnest(CASE WHEN $4::int > 0 THEN ARRAY['reading', 'writing', 'voicing', 'assembling'] END) name)
     SELECT id FROM e ORDER BY created_at DESC LIMIT 1`,
    [userId, BRIEF, count, lines],
  )
  await rows(run, 'ANALYZE episodes, versions, renders, lines')
  return newest!.id
}
