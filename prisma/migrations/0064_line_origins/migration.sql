-- The line of an earlier version that a line goes back to, by the first of them: what was recorded for it before, and what a version has changed.
ALTER TABLE "lines" ADD COLUMN "origin_id" UUID;
