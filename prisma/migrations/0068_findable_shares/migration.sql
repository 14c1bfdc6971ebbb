-- A shared page is found by search engines only where its owner says so.
ALTER TABLE "shares" ADD COLUMN "findable" BOOLEAN NOT NULL DEFAULT false;
