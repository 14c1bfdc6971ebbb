-- The second wall: the database itself gives a person no row of anybody else, whatever a question forgets to ask.
-- `aimake_app`, as whom the product signs in, sees by itself nothing that is somebody's. It says for whom it asks (`app.user_id`) and sees their rows, or
-- becomes `aimake_house`, which sees everything: workers, the console, sign-in. It does not have that role's rights without becoming it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'aimake_house') THEN
    CREATE ROLE aimake_house NOLOGIN NOBYPASSRLS;
  END IF;
  IF NOT pg_has_role('aimake_app', 'aimake_house', 'SET') OR pg_has_role('aimake_app', 'aimake_house', 'USAGE') THEN
    GRANT aimake_house TO aimake_app WITH INHERIT FALSE, SET TRUE;
  END IF;
  -- Where the product signs in as the owner of the tables, against all advice, it goes on.
  IF NOT pg_has_role(current_user, 'aimake_house', 'SET') THEN
    GRANT aimake_house TO CURRENT_USER WITH INHERIT FALSE, SET TRUE;
  END IF;
END
$$;

-- What the product could do on a table, the house can do on it, and no more, whatever was said of tables before they were made.
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM aimake_house;
GRANT USAGE ON SCHEMA public TO aimake_house;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO aimake_house;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO aimake_house;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO aimake_house;
DO $$
DECLARE
  each RECORD;
BEGIN
  FOR each IN
    SELECT table_name AS name, string_agg(privilege_type, ', ') AS rights FROM information_schema.role_table_grants
     WHERE table_schema = 'public' AND grantee = 'aimake_app' GROUP BY 1
  LOOP
    EXECUTE format('GRANT %s ON public.%I TO aimake_house', each.rights, each.name);
  END LOOP;
  -- Every table: one without a policy for somebody is closed to them.
  FOR each IN
    SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
       AND c.relname <> '_prisma_migrations'
  LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', each.name);
    EXECUTE format('DROP POLICY IF EXISTS product ON public.%I', each.name);
    EXECUTE format('CREATE POLICY house ON public.%I TO aimake_house USING (true) WITH CHECK (true)', each.name);
  END LOOP;
END
$$;

-- For whom the question is asked; null: for nobody.
CREATE FUNCTION "asking_user"() RETURNS TEXT LANGUAGE sql STABLE PARALLEL SAFE AS
$$ SELECT nullif(current_setting('app.user_id', true), '') $$;

-- What names its owner. In a subquery the owner is asked for once a question, not once a row.
CREATE POLICY own ON "users" FOR SELECT TO aimake_app USING ("id" = (SELECT asking_user()));
CREATE POLICY changed ON "users" FOR UPDATE TO aimake_app USING ("id" = (SELECT asking_user()));
DO $$
DECLARE
  name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY['sessions', 'api_keys', 'uploads', 'sources', 'episodes', 'pronunciations', 'reservations', 'shows', 'webhooks'] LOOP
    EXECUTE format('CREATE POLICY own ON public.%I TO aimake_app USING (user_id = (SELECT asking_user()))', name);
  END LOOP;
  -- What is written about a person by others they can read only.
  FOREACH name IN ARRAY ARRAY['accounts', 'two_factors', 'mails', 'segments', 'usage_logs'] LOOP
    EXECUTE format('CREATE POLICY own ON public.%I FOR SELECT TO aimake_app USING (user_id = (SELECT asking_user()))', name);
  END LOOP;
END
$$;

-- What hangs on something is somebody's when that is: the question inside sees by the same policies. Asked for as a value, not with EXISTS, which would
-- let Postgres collect everything a person has to find one of them.
CREATE POLICY own ON "episode_sources" TO aimake_app USING ((SELECT e.id FROM episodes e WHERE e.id = episode_id) IS NOT NULL)
  WITH CHECK ((SELECT e.id FROM episodes e WHERE e.id = episode_id) IS NOT NULL AND (SELECT s.id FROM sources s WHERE s.id = source_id) IS NOT NULL);
CREATE POLICY own ON "versions" TO aimake_app USING ((SELECT e.id FROM episodes e WHERE e.id = episode_id) IS NOT NULL);
CREATE POLICY own ON "lines" TO aimake_app USING ((SELECT v.id FROM versions v WHERE v.id = version_id) IS NOT NULL);
CREATE POLICY own ON "steps" FOR SELECT TO aimake_app USING ((SELECT v.id FROM versions v WHERE v.id = version_id) IS NOT NULL);
CREATE POLICY own ON "renders" FOR SELECT TO aimake_app USING ((SELECT v.id FROM versions v WHERE v.id = version_id) IS NOT NULL);
CREATE POLICY own ON "feeds" TO aimake_app USING ((SELECT s.id FROM shows s WHERE s.id = show_id) IS NOT NULL);
CREATE POLICY own ON "shares" TO aimake_app USING ((SELECT e.id FROM episodes e WHERE e.id = episode_id) IS NOT NULL);
CREATE POLICY own ON "webhook_deliveries" TO aimake_app USING ((SELECT w.id FROM webhooks w WHERE w.id = webhook_id) IS NOT NULL);
CREATE POLICY own ON "webhook_attempts" FOR SELECT TO aimake_app USING ((SELECT d.id FROM webhook_deliveries d WHERE d.id = delivery_id) IS NOT NULL);

-- The books under a name: a person's months, and the accounts of what is theirs.
CREATE POLICY own ON "spending_accounts" TO aimake_app USING (CASE split_part(account, ':', 1)
  WHEN 'user' THEN split_part(account, ':', 2) = (SELECT asking_user())
  WHEN 'episode' THEN (SELECT e.id FROM episodes e WHERE e.id = split_part(account, ':', 2)::uuid) IS NOT NULL
  WHEN 'version' THEN (SELECT v.id FROM versions v WHERE v.id = split_part(account, ':', 2)::uuid) IS NOT NULL
  ELSE false END);
-- Objects a person puts there themselves. Covers have the name of their content, so equal ones are one.
CREATE POLICY own ON "stored_objects" TO aimake_app
  USING ((SELECT asking_user()) IS NOT NULL AND (starts_with(key, 'covers/') OR starts_with(key, 'uploads/' || (SELECT asking_user()) || '/')));

-- What is everybody's.
DO $$
DECLARE
  name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY['voices', 'voice_samples', 'models', 'providers', 'prices', 'spending_limits', 'notices', 'database_epoch'] LOOP
    EXECUTE format('CREATE POLICY everybody ON public.%I FOR SELECT TO aimake_app USING (true)', name);
  END LOOP;
END
$$;
-- The first who asks has a sample made.
CREATE POLICY begun ON "voice_samples" FOR INSERT TO aimake_app WITH CHECK ((SELECT asking_user()) IS NOT NULL AND status = 'making');
CREATE POLICY again ON "voice_samples" FOR UPDATE TO aimake_app USING ((SELECT asking_user()) IS NOT NULL) WITH CHECK (status = 'making');

-- What keeps books or tells somebody does so whoever changed the row.
ALTER FUNCTION book_call() SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION close_episode_accounts() SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION close_version_accounts() SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION tell_owner() SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION tell_webhooks() SECURITY DEFINER SET search_path = public, pg_temp;
ALTER FUNCTION line_search() SECURITY DEFINER SET search_path = public, pg_temp;

-- Orders are the house's: a person can give one, in their own name, and see none. One a topic and key; given again it is sent again.
CREATE FUNCTION write_order(topic TEXT, key TEXT, payload JSONB) RETURNS UUID LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  written UUID;
BEGIN
  IF $3->>'userId' <> asking_user() THEN
    RAISE EXCEPTION 'an order in the name of somebody else' USING ERRCODE = '42501';
  END IF;
  INSERT INTO outbox AS o (id, topic, key, payload) VALUES (gen_random_uuid(), $1, $2, $3)
    ON CONFLICT (topic, key) DO UPDATE SET payload = EXCLUDED.payload, sent_at = NULL, held_until = NULL
    RETURNING o.id INTO written;
  RETURN written;
END
$$;

-- Full text is asked through these: behind a policy, Postgres would not use its index. They are their owner's windows, and show the same rows.
CREATE VIEW own_episodes AS
  SELECT id, user_id, title, notes, language, search, created_at, deleted_at FROM episodes WHERE user_id = (SELECT asking_user());
CREATE VIEW own_lines AS
  SELECT l.id, l.version_id, l.position, l.speaker, l.text, l.status, l.search,
    e.id AS episode_id, e.user_id, e.current_version, e.title, e.language, e.created_at, e.deleted_at
  FROM lines l JOIN versions v ON v.id = l.version_id JOIN episodes e ON e.id = v.episode_id AND e.current_version = v.number
  WHERE e.user_id = (SELECT asking_user());
REVOKE INSERT, UPDATE, DELETE ON own_episodes, own_lines FROM aimake_app, aimake_house;
GRANT SELECT ON own_episodes, own_lines TO aimake_app, aimake_house;
