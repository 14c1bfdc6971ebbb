-- What a model writes is priced apart from what it reads. Added, never required: older rows have one price.
ALTER TABLE "usage_logs" ADD COLUMN "output_units" INTEGER,
ADD COLUMN "output_price_micro_usd" BIGINT,
ADD COLUMN "output_price_per_units" INTEGER;
ALTER TABLE "usage_logs" ADD CONSTRAINT "usage_logs_output_sane" CHECK ("output_units" >= 0 AND "output_price_micro_usd" >= 0 AND "output_price_per_units" > 0);
