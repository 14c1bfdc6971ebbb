-- What somebody hears and likes is theirs (see 0050_own_rows).
DO $$
DECLARE
  name TEXT;
BEGIN
  FOREACH name IN ARRAY ARRAY['listening', 'voice_favourites'] LOOP
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('DROP POLICY IF EXISTS product ON public.%I', name);
    EXECUTE format('CREATE POLICY house ON public.%I TO aimake_house USING (true) WITH CHECK (true)', name);
  END LOOP;
END
$$;
CREATE POLICY own ON "voice_favourites" TO aimake_app USING (user_id = (SELECT asking_user()));
-- A place is kept in an episode of one's own only.
CREATE POLICY own ON "listening" TO aimake_app USING (user_id = (SELECT asking_user()))
  WITH CHECK (user_id = (SELECT asking_user()) AND (SELECT e.id FROM episodes e WHERE e.id = episode_id) IS NOT NULL);
