-- A series of episodes: what its feed says, how it looks, and who speaks in it when an order names nobody.
CREATE TABLE "shows" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "author" TEXT NOT NULL DEFAULT '',
    "language" TEXT NOT NULL,
    "category" TEXT NOT NULL DEFAULT '',
    "subcategory" TEXT,
    "explicit" BOOLEAN NOT NULL DEFAULT false,
    "cover_key" TEXT,
    "default_voices" JSONB NOT NULL DEFAULT '[]',
    "podcast_guid" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "shows_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "shows_podcast_guid_key" ON "shows"("podcast_guid");
CREATE INDEX "shows_user_id_created_at_idx" ON "shows"("user_id", "created_at" DESC);
ALTER TABLE "shows" ADD CONSTRAINT "shows_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- An address a show can be subscribed at. One that was revoked stays as a row, so that its token is never given out again.
CREATE TYPE "feed_kind" AS ENUM ('public', 'private');
CREATE TABLE "feeds" (
    "id" UUID NOT NULL,
    "show_id" UUID NOT NULL,
    "kind" "feed_kind" NOT NULL,
    "label" TEXT NOT NULL DEFAULT '',
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "feeds_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "feeds_token_key" ON "feeds"("token");
CREATE INDEX "feeds_show_id_idx" ON "feeds"("show_id");
-- Two public addresses of one show would be two shows in a directory.
CREATE UNIQUE INDEX "feeds_one_public_a_show" ON "feeds"("show_id") WHERE "kind" = 'public' AND "revoked_at" IS NULL;
ALTER TABLE "feeds" ADD CONSTRAINT "feeds_show_id_fkey" FOREIGN KEY ("show_id") REFERENCES "shows"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- A page anybody with its address can hear an episode at.
CREATE TABLE "shares" (
    "id" UUID NOT NULL,
    "episode_id" UUID NOT NULL,
    "token" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "shares_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "shares_token_key" ON "shares"("token");
CREATE INDEX "shares_episode_id_idx" ON "shares"("episode_id");
CREATE UNIQUE INDEX "shares_one_an_episode" ON "shares"("episode_id") WHERE "revoked_at" IS NULL;
ALTER TABLE "shares" ADD CONSTRAINT "shares_episode_id_fkey" FOREIGN KEY ("episode_id") REFERENCES "episodes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Which show an episode belongs to, since when its feed has it and under which number; and what is written beside it.
ALTER TABLE "episodes" ADD COLUMN "show_id" UUID, ADD COLUMN "published_at" TIMESTAMPTZ(3), ADD COLUMN "show_number" INTEGER, ADD COLUMN "notes" TEXT;
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_show_id_fkey" FOREIGN KEY ("show_id") REFERENCES "shows"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "episodes_show_id_idx" ON "episodes"("show_id");
CREATE UNIQUE INDEX "episodes_one_number_a_show" ON "episodes"("show_id", "show_number");
