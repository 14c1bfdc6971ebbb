-- When somebody last meant to use an object: what was touched within the hour is never taken for an orphan.
ALTER TABLE "stored_objects" ADD COLUMN "touched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- What each look at the whole store found, and what it mended.
CREATE TABLE "reconcile_runs" (
    "id" UUID NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "allow_many" BOOLEAN NOT NULL DEFAULT false,
    "requested_by" TEXT,
    "objects" INTEGER,
    "failure" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "reconcile_runs_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "reconcile_runs_mode" CHECK ("mode" IN ('report', 'safe', 'apply'))
);
CREATE UNIQUE INDEX "reconcile_runs_workflow_id_key" ON "reconcile_runs"("workflow_id");
CREATE INDEX "reconcile_runs_started_at_idx" ON "reconcile_runs"("started_at" DESC);

CREATE TABLE "reconcile_findings" (
    "run_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "found" INTEGER NOT NULL,
    "mended" INTEGER NOT NULL DEFAULT 0,
    "refused" BOOLEAN NOT NULL DEFAULT false,
    "samples" TEXT[] NOT NULL,

    CONSTRAINT "reconcile_findings_pkey" PRIMARY KEY ("run_id", "kind")
);
ALTER TABLE "reconcile_findings" ADD CONSTRAINT "reconcile_findings_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "reconcile_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The bucket as one run lists it, so that bucket and rows are compared by the database; gone when the run ends.
CREATE UNLOGGED TABLE "listed_objects" (
    "run_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "modified_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "listed_objects_pkey" PRIMARY KEY ("run_id", "key")
);
