-- Full text that knows Chinese. Postgres' own parser takes a run of Chinese for one word, and trigrams do not serve words of two characters, so
-- words are cut here: every two neighbouring characters of Chinese (and the last one alone, so that one character finds by prefix), and the stem of
-- every other word. Neighbours have neighbouring positions: a longer word is looked for as a phrase.
-- Each word carries its owner, so that a question reads nobody else's part of the index, however common the word.
CREATE FUNCTION "search_owner"("user_id" TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT left(md5($1), 12) || '.' $$;

-- Capitals, full-width letters and accents are all one.
CREATE FUNCTION "search_fold"("text" TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT regexp_replace(normalize(lower(normalize($1, NFKC)), NFKD), '[\u0300-\u036F]', '', 'g') $$;

CREATE FUNCTION "search_stem"("word" TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT coalesce((ts_lexize('english_stem', $1))[1], $1) $$;

-- A stop between two runs is no neighbourhood: it takes a position too. Positions end at 16383, beyond which longer words are found by their parts.
CREATE FUNCTION "search_vector"("owner" TEXT, "text" TEXT, "weight" TEXT) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  WITH runs AS (
    SELECT m[1] AS run, n, m[1] ~ '^[a-z0-9\u00DF-\u024F\u0370-\u052F]' AS is_word
    FROM regexp_matches(search_fold($2), '([\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\U00020000-\U0003134F]+|[a-z0-9\u00DF-\u024F\u0370-\u052F]+)', 'g') WITH ORDINALITY AS r(m, n)
  ), sized AS (
    SELECT run, n, is_word, CASE WHEN is_word THEN 1 ELSE length(run) END AS places FROM runs
  ), placed AS (
    SELECT run, is_word, places, sum(places + 1) OVER (ORDER BY n) - places - 1 AS before FROM sized
  )
  SELECT coalesce(string_agg(
    quote_literal($1 || CASE WHEN is_word THEN left(search_stem(run), 60) ELSE substr(run, i, 2) END) || ':' || least(before + i, 16383) || $3, ' '), '')::tsvector
  FROM placed, generate_series(1, places) AS i
$$;

ALTER TABLE "lines" ADD COLUMN "search" tsvector;
ALTER TABLE "episodes" ADD COLUMN "search" tsvector;

CREATE FUNCTION "line_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT search_vector(search_owner(e.user_id), NEW.text, 'C') INTO NEW.search
  FROM versions v JOIN episodes e ON e.id = v.episode_id WHERE v.id = NEW.version_id;
  RETURN NEW;
END
$$;
CREATE TRIGGER "lines_search" BEFORE INSERT OR UPDATE OF "text" ON "lines" FOR EACH ROW EXECUTE FUNCTION "line_search"();

CREATE FUNCTION "episode_search"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.search := search_vector(search_owner(NEW.user_id), NEW.title, 'A') || search_vector(search_owner(NEW.user_id), left(coalesce(NEW.notes, ''), 20000), 'B');
  RETURN NEW;
END
$$;
CREATE TRIGGER "episodes_search" BEFORE INSERT OR UPDATE OF "title", "notes" ON "episodes" FOR EACH ROW EXECUTE FUNCTION "episode_search"();

UPDATE "lines" l SET "search" = search_vector(search_owner(e.user_id), l.text, 'C') FROM versions v JOIN episodes e ON e.id = v.episode_id WHERE v.id = l.version_id;
UPDATE "episodes" SET "search" = search_vector(search_owner(user_id), title, 'A');

CREATE INDEX "lines_search_idx" ON "lines" USING gin ("search");
CREATE INDEX "episodes_search_idx" ON "episodes" USING gin ("search");
