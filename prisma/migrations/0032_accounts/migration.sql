-- A second factor, keys for programs, mail, and how somebody is erased.
ALTER TABLE "users" ADD COLUMN "two_factor_enabled" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "users" ADD COLUMN "is_demo" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "users" ADD COLUMN "mail_notices" BOOLEAN NOT NULL DEFAULT true;

CREATE TABLE "two_factors" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "secret" TEXT NOT NULL,
    "backup_codes" TEXT NOT NULL,
    "verified" BOOLEAN NOT NULL DEFAULT true,
    "failed_verification_count" INTEGER NOT NULL DEFAULT 0,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "two_factors_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "two_factors_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "two_factors_user_id_idx" ON "two_factors"("user_id");
CREATE INDEX "two_factors_secret_idx" ON "two_factors"("secret");

CREATE TABLE "api_keys" (
    "id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "start" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "scopes" TEXT[],
    "requests_per_minute" INTEGER,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "api_keys_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "api_keys_requests_sane" CHECK ("requests_per_minute" > 0),
    CONSTRAINT "api_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "api_keys_hash_key" ON "api_keys"("hash");
CREATE INDEX "api_keys_user_id_idx" ON "api_keys"("user_id");

CREATE TYPE "mail_status" AS ENUM ('pending', 'done', 'refused');
CREATE TABLE "mails" (
    "id" UUID NOT NULL,
    "user_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "recipient" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "words" JSONB NOT NULL,
    "status" "mail_status" NOT NULL DEFAULT 'pending',
    "refusal" TEXT,
    "news_key" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "mails_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "mails_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "mails_news_key_key" ON "mails"("news_key");
CREATE INDEX "mails_user_id_idx" ON "mails"("user_id");

-- Whose calls those are whose person was erased.
INSERT INTO "users" ("id", "name", "email") VALUES ('erased', 'Erased', 'erased@aimake.invalid') ON CONFLICT DO NOTHING;

-- Everything of a person goes with their row, but what was spent: those calls and their sums pass to nobody. Done again it does nothing.
CREATE FUNCTION erase_user(person TEXT) RETURNS BOOLEAN LANGUAGE plpgsql SET search_path = public AS $$
DECLARE
  address TEXT;
BEGIN
  IF person IN ('house', 'erased') THEN
    RAISE EXCEPTION 'this account is nobody';
  END IF;
  SELECT email INTO address FROM users WHERE id = person FOR UPDATE;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE usage_logs SET user_id = 'erased' WHERE user_id = person;
  INSERT INTO spending_accounts AS a (account, held_micro_usd, spent_micro_usd)
    SELECT 'user:erased:' || split_part(account, ':', 3), held_micro_usd, spent_micro_usd
      FROM spending_accounts WHERE starts_with(account, 'user:' || person || ':')
    ON CONFLICT (account) DO UPDATE SET
      held_micro_usd = a.held_micro_usd + EXCLUDED.held_micro_usd,
      spent_micro_usd = a.spent_micro_usd + EXCLUDED.spent_micro_usd;
  DELETE FROM spending_accounts WHERE starts_with(account, 'user:' || person || ':');
  DELETE FROM segments s WHERE s.user_id = person
    AND NOT EXISTS (SELECT 1 FROM lines l JOIN versions v ON v.id = l.version_id JOIN episodes e ON e.id = v.episode_id
      WHERE l.segment_key = s.content_key AND e.user_id <> person);
  DELETE FROM verifications WHERE value = person OR identifier = address OR value LIKE '%' || person || '%';
  -- Orders that were sent are history, and some say how an episode was called.
  DELETE FROM outbox WHERE payload->>'userId' = person AND topic <> 'erase-account' AND sent_at IS NOT NULL;
  -- In this order: a source is held by what was made of it.
  DELETE FROM episodes WHERE user_id = person;
  DELETE FROM sources WHERE user_id = person;
  DELETE FROM users WHERE id = person;
  RETURN true;
END
$$;

-- Whoever made an episode is told that it is ready or needs them, in the very moment it becomes so: once a version and state. Only an address that
-- somebody has confirmed is written to, and nobody who does not want it.
CREATE FUNCTION tell_owner() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  mail UUID;
BEGIN
  INSERT INTO mails (id, user_id, kind, recipient, language, words, news_key)
    SELECT gen_random_uuid(), u.id, CASE WHEN NEW.status = 'ready' THEN 'ready' ELSE 'needs-you' END, u.email, u.language,
        jsonb_build_object('title', NEW.title, 'episodeId', NEW.id, 'status', NEW.status),
        NEW.id || ':' || NEW.current_version || ':' || NEW.status
      FROM users u WHERE u.id = NEW.user_id AND u.email_verified AND u.mail_notices AND NOT u.is_demo AND NOT u.banned
    ON CONFLICT (news_key) DO NOTHING RETURNING id INTO mail;
  IF mail IS NOT NULL THEN
    INSERT INTO outbox (id, topic, key, payload)
      VALUES (gen_random_uuid(), 'send-mail', mail::text, jsonb_build_object('mailId', mail));
  END IF;
  RETURN NULL;
END
$$;
CREATE TRIGGER "episodes_tell_their_owner" AFTER UPDATE OF "status" ON "episodes" FOR EACH ROW
  WHEN (NEW.status IN ('ready', 'needs_repair', 'paused_budget', 'review') AND OLD.status IS DISTINCT FROM NEW.status AND NEW.deleted_at IS NULL)
  EXECUTE FUNCTION tell_owner();
