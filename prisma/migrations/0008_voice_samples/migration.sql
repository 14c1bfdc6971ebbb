-- A sentence in each voice, to choose by. Made once a voice.
CREATE TYPE "sample_status" AS ENUM ('making', 'ready', 'failed');

CREATE TABLE "voice_samples" (
    "voice_id" TEXT NOT NULL,
    "status" "sample_status" NOT NULL DEFAULT 'making',
    "mp3_key" TEXT,
    "duration_ms" INTEGER,
    "failure_code" TEXT,
    "failure_detail" TEXT,
    "asked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "voice_samples_pkey" PRIMARY KEY ("voice_id"),
    CONSTRAINT "voice_samples_whole" CHECK ("status" <> 'ready' OR ("mp3_key" IS NOT NULL AND "duration_ms" > 0))
);
ALTER TABLE "voice_samples" ADD CONSTRAINT "voice_samples_voice_id_fkey" FOREIGN KEY ("voice_id") REFERENCES "voices"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Who pays for what serves everybody. It has no password, so nobody can sign in as it.
INSERT INTO "users" ("id", "name", "email") VALUES ('house', 'AIMake', 'house@aimake.invalid') ON CONFLICT DO NOTHING;
