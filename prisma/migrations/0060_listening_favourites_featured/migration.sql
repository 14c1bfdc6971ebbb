-- Where somebody stopped listening, so that any device of theirs goes on from there.
CREATE TABLE "listening" (
    "episode_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "position_ms" INTEGER NOT NULL,
    "device" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "listening_pkey" PRIMARY KEY ("episode_id"),
    CONSTRAINT "listening_has_begun" CHECK ("position_ms" > 0)
);
CREATE INDEX "listening_user_id_updated_at_idx" ON "listening"("user_id", "updated_at" DESC);
ALTER TABLE "listening" ADD CONSTRAINT "listening_episode_id_fkey" FOREIGN KEY ("episode_id") REFERENCES "episodes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "listening" ADD CONSTRAINT "listening_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The voices somebody likes.
CREATE TABLE "voice_favourites" (
    "user_id" TEXT NOT NULL,
    "voice_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "voice_favourites_pkey" PRIMARY KEY ("user_id", "voice_id")
);
ALTER TABLE "voice_favourites" ADD CONSTRAINT "voice_favourites_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "voice_favourites" ADD CONSTRAINT "voice_favourites_voice_id_fkey" FOREIGN KEY ("voice_id") REFERENCES "voices"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Shared episodes that strangers hear on the front page.
ALTER TABLE "shares" ADD COLUMN "featured_at" TIMESTAMPTZ(3);
CREATE INDEX "shares_featured_at_idx" ON "shares"("featured_at" DESC);
