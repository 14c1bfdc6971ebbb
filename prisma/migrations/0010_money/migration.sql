-- Caps on spending, and the books that every call is entered in.
-- An episode's cap is its own now: the brief stays as it was ordered, the cap may be raised.
ALTER TABLE "episodes" ADD COLUMN "budget_micro_usd" BIGINT;
UPDATE "episodes" SET "budget_micro_usd" = ("brief"->>'budgetMicroUsd')::bigint WHERE "brief"->>'budgetMicroUsd' IS NOT NULL;
ALTER TABLE "episodes" ADD CONSTRAINT "episodes_budget_sane" CHECK ("budget_micro_usd" > 0);

-- What a user may spend in a calendar month (UTC); null: what everybody may.
ALTER TABLE "users" ADD COLUMN "monthly_limit_micro_usd" BIGINT;
ALTER TABLE "users" ADD CONSTRAINT "users_monthly_limit_sane" CHECK ("monthly_limit_micro_usd" >= 0);

-- What holds for everybody: one row.
CREATE TABLE "spending_limits" (
    "id" TEXT NOT NULL DEFAULT 'house',
    "is_stopped" BOOLEAN NOT NULL DEFAULT false,
    "daily_cap_micro_usd" BIGINT,
    "monthly_plan_micro_usd" BIGINT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "spending_limits_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "spending_limits_one_row" CHECK ("id" = 'house'),
    CONSTRAINT "spending_limits_sane" CHECK ("daily_cap_micro_usd" >= 0 AND "monthly_plan_micro_usd" >= 0)
);
INSERT INTO "spending_limits" ("daily_cap_micro_usd", "monthly_plan_micro_usd") VALUES (200000000, 20000000);

-- The most a call may cost, put aside while its end is not known.
ALTER TABLE "usage_logs" ADD COLUMN "held_micro_usd" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "usage_logs" ADD CONSTRAINT "usage_logs_held_not_negative" CHECK ("held_micro_usd" >= 0);

-- What is put aside and what is spent, by whoever has a cap: `house:<day>`, `user:<id>:<month>`, `episode:<id>`, `version:<id>`.
CREATE TABLE "spending_accounts" (
    "account" TEXT NOT NULL,
    "held_micro_usd" BIGINT NOT NULL DEFAULT 0,
    "spent_micro_usd" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "spending_accounts_pkey" PRIMARY KEY ("account"),
    CONSTRAINT "spending_accounts_not_negative" CHECK ("held_micro_usd" >= 0 AND "spent_micro_usd" >= 0)
);

CREATE TYPE "movement_kind" AS ENUM ('reserve', 'settle', 'release');

-- Every movement of money, in all accounts of its call: reserve puts it aside, settle spends what is put aside, release gives it back.
CREATE TABLE "money_movements" (
    "id" BIGSERIAL NOT NULL,
    "call_id" UUID NOT NULL,
    "kind" "movement_kind" NOT NULL,
    "amount_micro_usd" BIGINT NOT NULL,
    "moved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "money_movements_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "money_movements_move_something" CHECK ("amount_micro_usd" > 0)
);
CREATE INDEX "money_movements_call_id_idx" ON "money_movements"("call_id");
-- The journal is only ever added to.
REVOKE UPDATE, DELETE ON "money_movements" FROM aimake_app;

-- Always in this order, so that two calls that are entered at once wait for each other instead of for ever.
-- Not marked as stable: what Postgres 17 makes of it inside other queries then, it cannot plan.
CREATE FUNCTION spending_accounts_of(call "usage_logs") RETURNS SETOF TEXT LANGUAGE sql AS $$
  SELECT 'house:' || to_char(call.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')
  UNION ALL SELECT 'user:' || call.user_id || ':' || to_char(call.started_at AT TIME ZONE 'UTC', 'YYYY-MM')
  UNION ALL SELECT 'episode:' || call.episode_id WHERE call.episode_id IS NOT NULL
  UNION ALL SELECT 'version:' || call.version_id WHERE call.version_id IS NOT NULL
$$;

-- Whoever writes a row of the ledger, the books are kept: nobody can spend beside them.
CREATE FUNCTION book_call() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  held_before BIGINT := 0;
  spent_before BIGINT := 0;
  held_after BIGINT := CASE WHEN NEW.status IN ('started', 'unknown') THEN NEW.held_micro_usd ELSE 0 END;
  settled BIGINT;
  reserved BIGINT;
  released BIGINT;
  name TEXT;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    held_before := CASE WHEN OLD.status IN ('started', 'unknown') THEN OLD.held_micro_usd ELSE 0 END;
    spent_before := coalesce(OLD.cost_micro_usd, 0);
  END IF;
  settled := coalesce(NEW.cost_micro_usd, 0) - spent_before;
  IF settled < 0 THEN
    RAISE EXCEPTION 'what a call has cost is not taken back';
  END IF;
  reserved := greatest(held_after + settled - held_before, 0);
  released := greatest(held_before - settled - held_after, 0);
  IF reserved = 0 AND settled = 0 AND released = 0 THEN
    RETURN NULL;
  END IF;
  FOR name IN SELECT spending_accounts_of(NEW) LOOP
    UPDATE spending_accounts
      SET held_micro_usd = held_micro_usd + held_after - held_before, spent_micro_usd = spent_micro_usd + settled
      WHERE account = name;
    -- A first call opens its accounts; one that ends after its episode was removed has none to go back to.
    IF NOT FOUND AND held_after >= held_before THEN
      INSERT INTO spending_accounts AS a (account, held_micro_usd, spent_micro_usd)
        VALUES (name, held_after - held_before, settled)
        ON CONFLICT (account) DO UPDATE SET
          held_micro_usd = a.held_micro_usd + EXCLUDED.held_micro_usd,
          spent_micro_usd = a.spent_micro_usd + EXCLUDED.spent_micro_usd;
    END IF;
  END LOOP;
  INSERT INTO money_movements (call_id, kind, amount_micro_usd)
    SELECT NEW.id, kind::movement_kind, amount
    FROM (VALUES ('reserve', reserved), ('settle', settled), ('release', released)) AS moved(kind, amount)
    WHERE amount > 0;
  RETURN NULL;
END
$$;

-- The calls made before there were books.
INSERT INTO "spending_accounts" ("account", "spent_micro_usd")
  SELECT name, sum(u."cost_micro_usd") FROM "usage_logs" u, LATERAL spending_accounts_of(u) AS name
  WHERE u."cost_micro_usd" > 0 GROUP BY name;
INSERT INTO "money_movements" ("call_id", "kind", "amount_micro_usd", "moved_at")
  SELECT u."id", kind::movement_kind, u."cost_micro_usd", coalesce(u."ended_at", u."started_at")
  FROM "usage_logs" u, (VALUES ('reserve'), ('settle')) AS kinds(kind) WHERE u."cost_micro_usd" > 0;

CREATE TRIGGER "usage_logs_are_booked" AFTER INSERT OR UPDATE OF "status", "cost_micro_usd", "held_micro_usd" ON "usage_logs"
  FOR EACH ROW EXECUTE FUNCTION book_call();

-- What is gone has no cap any more.
CREATE FUNCTION close_episode_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM spending_accounts WHERE account = 'episode:' || OLD.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER "episodes_close_their_accounts" AFTER DELETE ON "episodes" FOR EACH ROW EXECUTE FUNCTION close_episode_accounts();
CREATE FUNCTION close_version_accounts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM spending_accounts WHERE account = 'version:' || OLD.id;
  RETURN NULL;
END
$$;
CREATE TRIGGER "versions_close_their_accounts" AFTER DELETE ON "versions" FOR EACH ROW EXECUTE FUNCTION close_version_accounts();
