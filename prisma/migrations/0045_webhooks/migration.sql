-- Addresses that are told what becomes of a person's episodes, after Standard Webhooks.
CREATE TABLE "webhooks" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "events" TEXT[] NOT NULL,
    "secret" TEXT NOT NULL,
    "old_secret" TEXT,
    "old_secret_until" TIMESTAMPTZ(3),
    "disabled_at" TIMESTAMPTZ(3),
    "disabled_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhooks_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "webhooks_user_id_idx" ON "webhooks"("user_id");
ALTER TABLE "webhooks" ADD CONSTRAINT "webhooks_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TYPE "webhook_delivery_status" AS ENUM ('pending', 'delivered', 'failed');
CREATE TABLE "webhook_deliveries" (
    "id" UUID NOT NULL DEFAULT gen_random_uuid(),
    "webhook_id" UUID NOT NULL,
    "event" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "status" "webhook_delivery_status" NOT NULL DEFAULT 'pending',
    "round" INTEGER NOT NULL DEFAULT 1,
    "next_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_deliveries_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "webhook_deliveries_webhook_id_created_at_id_idx" ON "webhook_deliveries"("webhook_id", "created_at" DESC, "id" DESC);
ALTER TABLE "webhook_deliveries" ADD CONSTRAINT "webhook_deliveries_webhook_id_fkey" FOREIGN KEY ("webhook_id") REFERENCES "webhooks"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "webhook_attempts" (
    "delivery_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "attempt" INTEGER NOT NULL,
    "status_code" INTEGER,
    "failure" TEXT,
    "duration_ms" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_attempts_pkey" PRIMARY KEY ("delivery_id", "round", "attempt")
);
ALTER TABLE "webhook_attempts" ADD CONSTRAINT "webhook_attempts_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "webhook_deliveries"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What happens to an episode and what is said of it are one transaction, whichever hand it was: nothing is told that did not happen, and nothing that
-- happened is forgotten.
CREATE FUNCTION "tell_webhooks"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  hook RECORD;
  delivery UUID;
  what TEXT := 'episode.' || NEW.status;
BEGIN
  IF NEW.deleted_at IS NOT NULL THEN RETURN NULL; END IF;
  FOR hook IN SELECT id FROM webhooks WHERE user_id = NEW.user_id AND disabled_at IS NULL AND what = ANY(events) LOOP
    delivery := gen_random_uuid();
    INSERT INTO webhook_deliveries (id, webhook_id, event, body) VALUES (delivery, hook.id, what, jsonb_build_object(
      'type', what,
      'timestamp', to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
      'data', jsonb_build_object('episodeId', NEW.id, 'version', NEW.current_version, 'status', NEW.status, 'title', NEW.title))::text);
    INSERT INTO outbox (id, topic, key, payload)
    VALUES (gen_random_uuid(), 'deliver-webhook', delivery, jsonb_build_object('deliveryId', delivery, 'round', 1));
  END LOOP;
  RETURN NULL;
END
$$;
CREATE TRIGGER "episodes_tell_webhooks" AFTER UPDATE OF "status" ON "episodes" FOR EACH ROW
  WHEN (OLD.status IS DISTINCT FROM NEW.status AND NEW.status IN ('review', 'ready', 'needs_repair', 'paused_budget', 'cancelled', 'failed'))
  EXECUTE FUNCTION "tell_webhooks"();
