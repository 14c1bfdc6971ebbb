import { defineConfig } from 'prisma/config'

// Migrations are the work of the tables' owner; the application's own role could not run them.
const url = process.env.DATABASE_OWNER_URL ?? process.env.DATABASE_URL

export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations', seed: 'node prisma/seed.ts' },
  ...(url ? { datasource: { url } } : {}),
})
