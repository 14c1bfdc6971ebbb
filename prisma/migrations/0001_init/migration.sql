-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateEnum
CREATE TYPE "episode_kind" AS ENUM ('podcast', 'narration');

-- CreateEnum
CREATE TYPE "episode_status" AS ENUM ('queued', 'reading', 'writing', 'review', 'voicing', 'assembling', 'ready', 'needs_repair', 'paused_budget', 'cancelling', 'cancelled', 'failed');

-- CreateEnum
CREATE TYPE "source_kind" AS ENUM ('text', 'script', 'url', 'file', 'topic');

-- CreateEnum
CREATE TYPE "line_status" AS ENUM ('waiting', 'voicing', 'ready', 'failed', 'skipped');

-- CreateEnum
CREATE TYPE "storage_status" AS ENUM ('pending', 'done');

-- CreateEnum
CREATE TYPE "call_status" AS ENUM ('started', 'settled', 'failed', 'cancelled', 'unknown');

-- CreateEnum
CREATE TYPE "reservation_status" AS ENUM ('open', 'settled');

-- CreateTable
CREATE TABLE "users" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "language" TEXT NOT NULL DEFAULT 'zh',
    "role" TEXT NOT NULL DEFAULT 'user',
    "banned" BOOLEAN NOT NULL DEFAULT false,
    "ban_reason" TEXT,
    "ban_expires" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sessions" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "impersonated_by" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "accounts" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verifications" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "verifications_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sources" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" "source_kind" NOT NULL,
    "title" TEXT,
    "input" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "text_key" TEXT,
    "characters" INTEGER,
    "language" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sources_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "episodes" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" "episode_kind" NOT NULL,
    "language" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "status" "episode_status" NOT NULL DEFAULT 'queued',
    "current_version" INTEGER NOT NULL DEFAULT 1,
    "brief" JSONB NOT NULL,
    "idempotency_key" TEXT,
    "request_hash" TEXT NOT NULL,
    "failure_code" TEXT,
    "failure_detail" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "episodes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "episode_sources" (
    "episode_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "source_id" UUID NOT NULL,

    CONSTRAINT "episode_sources_pkey" PRIMARY KEY ("episode_id","position")
);

-- CreateTable
CREATE TABLE "versions" (
    "id" UUID NOT NULL,
    "episode_id" UUID NOT NULL,
    "number" INTEGER NOT NULL,
    "workflow_id" TEXT NOT NULL,
    "run_id" TEXT,
    "outline" JSONB,
    "sections_written" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "versions_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "steps" (
    "version_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "steps_pkey" PRIMARY KEY ("version_id","name")
);

-- CreateTable
CREATE TABLE "lines" (
    "id" UUID NOT NULL,
    "version_id" UUID NOT NULL,
    "section" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "speaker" TEXT NOT NULL,
    "voice_id" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "direction" TEXT,
    "pause_after_ms" INTEGER NOT NULL,
    "source_refs" JSONB NOT NULL,
    "status" "line_status" NOT NULL DEFAULT 'waiting',
    "segment_key" TEXT,
    "failure_code" TEXT,
    "failure_detail" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ready_at" TIMESTAMPTZ(3),

    CONSTRAINT "lines_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "segments" (
    "content_key" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "voice_id" TEXT NOT NULL,
    "flac_key" TEXT NOT NULL,
    "mp3_key" TEXT NOT NULL,
    "samples" INTEGER NOT NULL,
    "frames" INTEGER NOT NULL,
    "lufs" DOUBLE PRECISION,
    "peak_db" DOUBLE PRECISION,
    "energies" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "segments_pkey" PRIMARY KEY ("content_key")
);

-- CreateTable
CREATE TABLE "renders" (
    "version_id" UUID NOT NULL,
    "mp3_key" TEXT NOT NULL,
    "transcript_key" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "frames" INTEGER NOT NULL,
    "tape" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "renders_pkey" PRIMARY KEY ("version_id")
);

-- CreateTable
CREATE TABLE "stored_objects" (
    "key" TEXT NOT NULL,
    "status" "storage_status" NOT NULL DEFAULT 'pending',
    "content_type" TEXT NOT NULL,
    "bytes" BIGINT,
    "sha256" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "done_at" TIMESTAMPTZ(3),

    CONSTRAINT "stored_objects_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "voices" (
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "provider_voice" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "name_en" TEXT NOT NULL,
    "languages" TEXT[],
    "gender" TEXT NOT NULL,
    "label" TEXT,
    "settings" JSONB NOT NULL DEFAULT '{}',
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "rank" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "voices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "prices" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "micro_usd" BIGINT NOT NULL,
    "per_units" INTEGER NOT NULL,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "prices_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "usage_logs" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "episode_id" UUID,
    "version_id" UUID,
    "line_id" UUID,
    "step" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "content_key" TEXT NOT NULL,
    "attempt" TEXT NOT NULL,
    "status" "call_status" NOT NULL DEFAULT 'started',
    "unit" TEXT NOT NULL,
    "units" INTEGER,
    "price_micro_usd" BIGINT NOT NULL,
    "price_per_units" INTEGER NOT NULL,
    "cost_micro_usd" BIGINT,
    "outcome" TEXT,
    "answer_key" TEXT,
    "request_id" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "answered_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "duration_ms" INTEGER,

    CONSTRAINT "usage_logs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "reservations" (
    "version_id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "reserved_micro_usd" BIGINT NOT NULL,
    "spent_micro_usd" BIGINT,
    "status" "reservation_status" NOT NULL DEFAULT 'open',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "reservations_pkey" PRIMARY KEY ("version_id")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "held_until" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_log" (
    "id" UUID NOT NULL,
    "actor_id" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "request_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "users_email_key" ON "users"("email");

-- CreateIndex
CREATE UNIQUE INDEX "sessions_token_key" ON "sessions"("token");

-- CreateIndex
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");

-- CreateIndex
CREATE INDEX "accounts_user_id_idx" ON "accounts"("user_id");

-- CreateIndex
CREATE UNIQUE INDEX "accounts_provider_id_account_id_key" ON "accounts"("provider_id", "account_id");

-- CreateIndex
CREATE INDEX "verifications_identifier_idx" ON "verifications"("identifier");

-- CreateIndex
CREATE UNIQUE INDEX "sources_user_id_kind_input_hash_key" ON "sources"("user_id", "kind", "input_hash");

-- CreateIndex
CREATE INDEX "episodes_user_id_created_at_idx" ON "episodes"("user_id", "created_at" DESC);

-- CreateIndex
CREATE INDEX "episodes_status_updated_at_idx" ON "episodes"("status", "updated_at");

-- CreateIndex
CREATE UNIQUE INDEX "episodes_user_id_idempotency_key_key" ON "episodes"("user_id", "idempotency_key");

-- CreateIndex
CREATE INDEX "episode_sources_source_id_idx" ON "episode_sources"("source_id");

-- CreateIndex
CREATE UNIQUE INDEX "versions_workflow_id_key" ON "versions"("workflow_id");

-- CreateIndex
CREATE UNIQUE INDEX "versions_episode_id_number_key" ON "versions"("episode_id", "number");

-- CreateIndex
CREATE INDEX "lines_segment_key_idx" ON "lines"("segment_key");

-- CreateIndex
CREATE UNIQUE INDEX "lines_version_id_position_key" ON "lines"("version_id", "position");

-- CreateIndex
CREATE INDEX "segments_user_id_idx" ON "segments"("user_id");

-- CreateIndex
CREATE INDEX "stored_objects_status_created_at_idx" ON "stored_objects"("status", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "prices_provider_model_unit_effective_from_key" ON "prices"("provider", "model", "unit", "effective_from");

-- CreateIndex
CREATE INDEX "usage_logs_user_id_started_at_idx" ON "usage_logs"("user_id", "started_at" DESC);

-- CreateIndex
CREATE INDEX "usage_logs_episode_id_idx" ON "usage_logs"("episode_id");

-- CreateIndex
CREATE INDEX "usage_logs_status_started_at_idx" ON "usage_logs"("status", "started_at");

-- CreateIndex
CREATE UNIQUE INDEX "usage_logs_content_key_attempt_key" ON "usage_logs"("content_key", "attempt");

-- CreateIndex
CREATE INDEX "reservations_user_id_status_idx" ON "reservations"("user_id", "status");

-- CreateIndex
CREATE UNIQUE INDEX "outbox_topic_key_key" ON "outbox"("topic", "key");

-- CreateIndex
CREATE INDEX "audit_log_created_at_idx" ON "audit_log"("created_at" DESC);

-- CreateIndex
CREATE INDEX "audit_log_subject_idx" ON "audit_log"("subject");

-- AddForeignKey
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sources" ADD CONSTRAINT "sources_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "episode_sources" ADD CONSTRAINT "episode_sources_episode_id_fkey" FOREIGN KEY ("episode_id") REFERENCES "episodes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "episode_sources" ADD CONSTRAINT "episode_sources_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "sources"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "versions" ADD CONSTRAINT "versions_episode_id_fkey" FOREIGN KEY ("episode_id") REFERENCES "episodes"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "steps" ADD CONSTRAINT "steps_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lines" ADD CONSTRAINT "lines_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lines" ADD CONSTRAINT "lines_voice_id_fkey" FOREIGN KEY ("voice_id") REFERENCES "voices"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lines" ADD CONSTRAINT "lines_segment_key_fkey" FOREIGN KEY ("segment_key") REFERENCES "segments"("content_key") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "renders" ADD CONSTRAINT "renders_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_logs" ADD CONSTRAINT "usage_logs_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "usage_logs" ADD CONSTRAINT "usage_logs_episode_id_fkey" FOREIGN KEY ("episode_id") REFERENCES "episodes"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "versions"("id") ON DELETE CASCADE ON UPDATE CASCADE;



-- What the sweeper looks for: orders not sent yet.
CREATE INDEX "outbox_unsent" ON "outbox"("created_at") WHERE "sent_at" IS NULL;

-- The promises that the schema language cannot say.

-- Nothing is bought twice: one settled call a content key.
CREATE UNIQUE INDEX "usage_logs_one_settled_call_a_key" ON "usage_logs"("content_key") WHERE "status" = 'settled';
-- Two equal lines at the same time are one call: the second waits for the first.
CREATE UNIQUE INDEX "usage_logs_one_call_at_a_time" ON "usage_logs"("content_key") WHERE "status" = 'started';
ALTER TABLE "usage_logs" ADD CONSTRAINT "usage_logs_settled_has_cost" CHECK ("status" <> 'settled' OR ("cost_micro_usd" IS NOT NULL AND "units" IS NOT NULL AND "ended_at" IS NOT NULL));
ALTER TABLE "usage_logs" ADD CONSTRAINT "usage_logs_money_not_negative" CHECK ("cost_micro_usd" >= 0 AND "price_micro_usd" >= 0 AND "price_per_units" > 0);
ALTER TABLE "prices" ADD CONSTRAINT "prices_sane" CHECK ("micro_usd" >= 0 AND "per_units" > 0);
ALTER TABLE "reservations" ADD CONSTRAINT "reservations_settled_has_sum" CHECK ("reserved_micro_usd" >= 0 AND ("status" = 'open') = ("spent_micro_usd" IS NULL));

-- READY means that the sound is there.
ALTER TABLE "lines" ADD CONSTRAINT "lines_ready_has_segment" CHECK ("status" <> 'ready' OR "segment_key" IS NOT NULL);
ALTER TABLE "segments" ADD CONSTRAINT "segments_have_sound" CHECK ("samples" > 0 AND "frames" > 0);
ALTER TABLE "renders" ADD CONSTRAINT "renders_have_sound" CHECK ("bytes" > 0 AND "duration_ms" > 0 AND "frames" > 0);
ALTER TABLE "stored_objects" ADD CONSTRAINT "stored_objects_done_is_known" CHECK ("status" <> 'done' OR ("bytes" IS NOT NULL AND "sha256" IS NOT NULL AND "done_at" IS NOT NULL));

-- The role the product runs as: reads and writes rows, owns no table, cannot step around row-level security.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'aimake_app') THEN
    CREATE ROLE aimake_app NOLOGIN NOBYPASSRLS;
  END IF;
END
$$;
GRANT USAGE ON SCHEMA public TO aimake_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO aimake_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO aimake_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO aimake_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO aimake_app;
-- The audit log is only ever added to, and only the owner keeps the record of migrations.
REVOKE UPDATE, DELETE ON "audit_log" FROM aimake_app;
DO $$
BEGIN
  IF to_regclass('public._prisma_migrations') IS NOT NULL THEN
    REVOKE ALL ON TABLE public._prisma_migrations FROM aimake_app;
  END IF;
END
$$;
