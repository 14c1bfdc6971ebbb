-- All versions of one line are looked up by the line they go back to.
CREATE INDEX CONCURRENTLY "lines_origin_id_idx" ON "lines"("origin_id");
