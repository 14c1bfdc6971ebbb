-- A file on its way in: announced by its owner, sent by them to the object store, gone from there once it was read.
CREATE TABLE "uploads" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "bytes" INTEGER NOT NULL,
    "object_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "uploads_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "uploads_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "uploads_user_id_created_at_idx" ON "uploads"("user_id", "created_at" DESC);

-- What was read, or why it could not be.
ALTER TABLE "sources"
    ADD COLUMN "upload_id" UUID,
    ADD COLUMN "format" TEXT,
    ADD COLUMN "first_words" TEXT,
    ADD COLUMN "left_out" JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN "failure_code" TEXT,
    ADD COLUMN "failure_detail" TEXT,
    ADD CONSTRAINT "sources_upload_id_fkey" FOREIGN KEY ("upload_id") REFERENCES "uploads"("id") ON DELETE SET NULL ON UPDATE CASCADE;
CREATE INDEX "sources_upload_id_idx" ON "sources"("upload_id");
