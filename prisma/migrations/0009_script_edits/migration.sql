-- A version's script can be changed by people: each change counts, so that two at once do not overwrite each other.
CREATE TYPE "version_reason" AS ENUM ('order', 'edit', 'words', 'append', 'restore');

ALTER TABLE "versions"
    ADD COLUMN "revision" INTEGER NOT NULL DEFAULT 1,
    ADD COLUMN "reason" "version_reason" NOT NULL DEFAULT 'order',
    ADD COLUMN "changed_lines" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "restored_number" INTEGER,
    ADD COLUMN "appended_source_id" UUID,
    ADD COLUMN "review_ends_at" TIMESTAMPTZ(3),
    ADD COLUMN "review_ends_soon" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "approved_at" TIMESTAMPTZ(3);

ALTER TABLE "versions" ADD CONSTRAINT "versions_appended_source_id_fkey" FOREIGN KEY ("appended_source_id") REFERENCES "sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "versions" ADD CONSTRAINT "versions_restored_from_one" CHECK (("reason" = 'restore') = ("restored_number" IS NOT NULL));

-- Until now every version after the first was made for a changed list of words.
UPDATE "versions" SET "reason" = 'words' WHERE "number" > 1;
