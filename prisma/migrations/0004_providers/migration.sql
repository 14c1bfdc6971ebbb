-- What an administrator lets a provider do.
CREATE TABLE "providers" (
    "name" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "concurrency" INTEGER NOT NULL,
    "requests_per_second" DOUBLE PRECISION,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "providers_pkey" PRIMARY KEY ("name"),
    CONSTRAINT "providers_sane" CHECK ("concurrency" > 0 AND "requests_per_second" > 0)
);
