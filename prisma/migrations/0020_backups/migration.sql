-- Backups, as people see them. What a restore trusts lies signed in the bucket.
CREATE TYPE "backup_status" AS ENUM ('running', 'verified', 'failed', 'damaged', 'deleting', 'deleted');

CREATE TABLE "backups" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "status" "backup_status" NOT NULL DEFAULT 'running',
    "step" TEXT NOT NULL DEFAULT 'checking',
    "requested_by" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),
    "taken_at" TIMESTAMPTZ(3),
    "dump_object" TEXT,
    "bytes" BIGINT,
    "sha256" TEXT,
    "plain_sha256" TEXT,
    "encrypted" BOOLEAN NOT NULL DEFAULT false,
    "rows" BIGINT,
    "tables" INTEGER,
    "figures" JSONB,
    "drill" JSONB,
    "drilled_at" TIMESTAMPTZ(3),
    "drill_workflow_id" TEXT,
    "drill_started_at" TIMESTAMPTZ(3),
    "objects" INTEGER,
    "object_bytes" BIGINT,
    "anomalies" TEXT[] NOT NULL DEFAULT ARRAY[]::TEXT[],
    "failure" TEXT,
    "verified_at" TIMESTAMPTZ(3),
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "backups_pkey" PRIMARY KEY ("id"),
    -- Nothing counts as verified that was not dumped whole and restored.
    CONSTRAINT "backups_verified" CHECK ("status" <> 'verified' OR
      ("dump_object" IS NOT NULL AND "sha256" IS NOT NULL AND "taken_at" IS NOT NULL AND "verified_at" IS NOT NULL AND "drill" IS NOT NULL))
);
CREATE UNIQUE INDEX "backups_key_key" ON "backups"("key");
CREATE INDEX "backups_status_taken_at_idx" ON "backups"("status", "taken_at" DESC);
CREATE INDEX "backups_started_at_idx" ON "backups"("started_at" DESC);
-- One at a time, whoever asks.
CREATE UNIQUE INDEX "backups_one_running" ON "backups"((true)) WHERE "status" = 'running';

-- Who was erased and what was revoked, to be done again after a restore. The rows are only ever added to.
CREATE TABLE "tombstones" (
    "kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kept_at" TIMESTAMPTZ(3),

    CONSTRAINT "tombstones_pkey" PRIMARY KEY ("kind", "subject_id"),
    CONSTRAINT "tombstones_kind" CHECK ("kind" IN ('user', 'key'))
);
REVOKE DELETE ON "tombstones" FROM aimake_app;

-- Which life of the database this is. A worker that has seen another one stops.
CREATE TABLE "database_epoch" (
    "id" TEXT NOT NULL DEFAULT 'house',
    "epoch" UUID NOT NULL DEFAULT gen_random_uuid(),
    "begun_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "database_epoch_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "database_epoch_one_row" CHECK ("id" = 'house')
);
INSERT INTO "database_epoch" DEFAULT VALUES;
REVOKE INSERT, UPDATE, DELETE ON "database_epoch" FROM aimake_app;
