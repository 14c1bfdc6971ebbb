-- The gain a voice's lines usually need, learnt line by line.
CREATE TABLE "voice_levels" (
    "voice_key" TEXT NOT NULL,
    "gain_db" DOUBLE PRECISION NOT NULL,
    "lines" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "voice_levels_pkey" PRIMARY KEY ("voice_key")
);

-- How loud the whole came out, and what stands beside the sound. Empty for what was assembled before.
ALTER TABLE "renders" ADD COLUMN "lufs" DOUBLE PRECISION,
ADD COLUMN "peak_db" DOUBLE PRECISION,
ADD COLUMN "m4a_key" TEXT,
ADD COLUMN "srt_key" TEXT,
ADD COLUMN "chapters_key" TEXT,
ADD COLUMN "cover_key" TEXT;
