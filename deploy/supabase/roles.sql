-- The roles of the database, on Supabase, Neon or any Postgres 17. Run once, as the project's own administrator, before the first
-- `npm run migrate`:
--   psql "$ADMIN_DATABASE_URL" -v owner_password="$OWNER_PASSWORD" -v app_password="$APP_PASSWORD" -f deploy/supabase/roles.sql
-- Run again it sets the passwords anew and changes nothing else: that is how they are rotated.
\set ON_ERROR_STOP on

SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'aimake_owner') AS missing \gset
\if :missing
CREATE ROLE aimake_owner;
\endif
SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'aimake_app') AS missing \gset
\if :missing
CREATE ROLE aimake_app;
\endif
SELECT NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'aimake_house') AS missing \gset
\if :missing
CREATE ROLE aimake_house NOLOGIN;
\endif

-- The owner has the tables and is used by migrations, the seed and backups; CREATEDB is for the restore drill's scratch database.
ALTER ROLE aimake_owner LOGIN CREATEDB NOCREATEROLE PASSWORD :'owner_password';
-- The product's own role owns nothing and cannot step round row-level security.
ALTER ROLE aimake_app LOGIN NOCREATEDB NOCREATEROLE PASSWORD :'app_password';
SELECT rolbypassrls AS passes FROM pg_roles WHERE rolname = 'aimake_app' \gset
\if :passes
ALTER ROLE aimake_app NOBYPASSRLS;
\endif

-- As which workers, the console and sign-in see everybody's rows. The product has its rights only after it has become it.
GRANT aimake_house TO aimake_app, aimake_owner WITH INHERIT FALSE, SET TRUE;

-- Whoever hands over a schema must be a member of the role that takes it.
GRANT aimake_owner TO CURRENT_USER;
SELECT current_database() AS name \gset
GRANT CREATE, CONNECT, TEMPORARY ON DATABASE :"name" TO aimake_owner;
GRANT CONNECT ON DATABASE :"name" TO aimake_app;
GRANT USAGE, CREATE ON SCHEMA public TO aimake_owner;
GRANT USAGE ON SCHEMA public TO aimake_app, aimake_house;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;

-- A statement that hangs must not hold a connection of the pool for ever.
ALTER ROLE aimake_app SET statement_timeout = '30s';
ALTER ROLE aimake_app SET idle_in_transaction_session_timeout = '30s';
