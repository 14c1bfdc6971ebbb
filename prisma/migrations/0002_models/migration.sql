-- What a provider's model takes at once, what it speaks, and the day it stops answering.
CREATE TABLE "models" (
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "max_characters" INTEGER NOT NULL,
    "languages" TEXT[],
    "shut_down_at" TIMESTAMPTZ(3),

    CONSTRAINT "models_pkey" PRIMARY KEY ("provider","model")
);
