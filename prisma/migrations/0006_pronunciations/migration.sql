-- How words are to be said: a person's, or one episode's alone.
CREATE TABLE "pronunciations" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "episode_id" UUID,
    "position" INTEGER NOT NULL,
    "word" TEXT NOT NULL,
    "say" TEXT NOT NULL,
    "language" TEXT,

    CONSTRAINT "pronunciations_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "pronunciations_say_something" CHECK ("word" <> '' AND "say" <> '')
);
CREATE INDEX "pronunciations_user_id_idx" ON "pronunciations"("user_id");
CREATE INDEX "pronunciations_episode_id_idx" ON "pronunciations"("episode_id");
-- Two lists saved at the same moment do not become one with every word twice.
CREATE UNIQUE INDEX "pronunciations_one_word_a_list" ON "pronunciations"("user_id", "episode_id", "position") NULLS NOT DISTINCT;
ALTER TABLE "pronunciations" ADD CONSTRAINT "pronunciations_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "pronunciations" ADD CONSTRAINT "pronunciations_episode_id_fkey" FOREIGN KEY ("episode_id") REFERENCES "episodes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The dictionary a version speaks by.
ALTER TABLE "versions" ADD COLUMN "pronunciations" JSONB NOT NULL DEFAULT '[]';

-- From now on an answer is named only as long as it is kept, and a settled call whose sound was removed gives its key free.
UPDATE "usage_logs" SET "answer_key" = NULL WHERE "status" = 'settled';
UPDATE "usage_logs" u SET "content_key" = u."content_key" || ':' || u."id"
WHERE u."status" = 'settled' AND u."step" = 'speech' AND NOT EXISTS (SELECT 1 FROM "segments" s WHERE s."content_key" = u."content_key");
