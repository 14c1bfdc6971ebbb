-- What a person stopped, or what failed for good, made again from where it stood.
ALTER TYPE "version_reason" ADD VALUE IF NOT EXISTS 'retry';

-- A word from the house to all its users.
CREATE TABLE "notices" (
    "id" UUID NOT NULL,
    "text_zh" TEXT NOT NULL,
    "text_en" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ends_at" TIMESTAMPTZ(3),

    CONSTRAINT "notices_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "notices_ends_at_idx" ON "notices"("ends_at");

-- One small real call that an administrator ordered, to see whether a provider answers.
CREATE TYPE "provider_test_status" AS ENUM ('calling', 'answered', 'failed');
CREATE TABLE "provider_tests" (
    "id" UUID NOT NULL,
    "provider" TEXT NOT NULL,
    "voice_id" TEXT NOT NULL,
    "status" "provider_test_status" NOT NULL DEFAULT 'calling',
    "requested_by" TEXT NOT NULL,
    "failure_code" TEXT,
    "failure_detail" TEXT,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "provider_tests_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "provider_tests_provider_started_at_idx" ON "provider_tests"("provider", "started_at" DESC);

-- A price that has held is history: calls were judged by it. One that does not hold yet may be taken back.
CREATE FUNCTION "keep_past_prices"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' OR OLD."effective_from" <= now() THEN
    RAISE EXCEPTION 'a price that has held is never changed: add one that holds from now on';
  END IF;
  RETURN OLD;
END
$$;
CREATE TRIGGER "prices_keep_past" BEFORE UPDATE OR DELETE ON "prices" FOR EACH ROW EXECUTE FUNCTION "keep_past_prices"();

-- Lists of a day, asked by the console again and again.
CREATE INDEX "episodes_created_at_idx" ON "episodes"("created_at" DESC);
