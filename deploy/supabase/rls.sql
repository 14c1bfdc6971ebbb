-- Supabase gives everybody on the internet a door to the schema `public`: its REST API, as the roles `anon` and `authenticated`. The
-- product has its own door, so both are shut out twice: no rights, and row-level security without a policy for them.
-- Run after every `npm run migrate` that makes tables, as aimake_owner:
--   psql "$DATABASE_OWNER_URL" -f deploy/supabase/rls.sql
-- On a Postgres without these roles it does its second half alone. Run again it changes nothing.
\set ON_ERROR_STOP on

DO $$
DECLARE
  visitor text;
BEGIN
  FOREACH visitor IN ARRAY ARRAY['anon', 'authenticated'] LOOP
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = visitor) THEN
      EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA public FROM %I', visitor);
      EXECUTE format('REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM %I', visitor);
      EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA public FROM %I', visitor);
      EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM %I', visitor);
      EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM %I', visitor);
      EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON FUNCTIONS FROM %I', visitor);
    END IF;
  END LOOP;
END
$$;

-- Migrations give every table its policies. One that has none all the same is closed to all but its owner and the house.
DO $$
DECLARE
  each record;
BEGIN
  FOR each IN
    SELECT c.relname AS name
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND pg_get_userbyid(c.relowner) = current_user
       AND c.relname <> '_prisma_migrations' AND NOT c.relrowsecurity
  LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', each.name);
    EXECUTE format('CREATE POLICY house ON public.%I TO aimake_house USING (true) WITH CHECK (true)', each.name);
  END LOOP;
END
$$;
ALTER TABLE IF EXISTS public._prisma_migrations ENABLE ROW LEVEL SECURITY;
