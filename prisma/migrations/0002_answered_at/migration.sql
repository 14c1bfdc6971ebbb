ALTER TABLE "usage_logs" ADD COLUMN "answered_at" TIMESTAMPTZ(3);
