-- Where its listener left an episode, on whichever device.
CREATE TABLE "listening" (
    "episode_id" UUID NOT NULL,
    "position_ms" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "listening_pkey" PRIMARY KEY ("episode_id")
);
ALTER TABLE "listening" ADD CONSTRAINT "listening_episode_id_fkey" FOREIGN KEY ("episode_id") REFERENCES "episodes"("id") ON DELETE CASCADE ON UPDATE CASCADE;
