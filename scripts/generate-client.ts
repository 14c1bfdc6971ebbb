// Generates the database client into prisma/generated when the schema changed; quick when it did not.
import { fileURLToPath } from 'node:url'
import { generateClient } from './launcher/build.ts'

const startedMs = performance.now()
const outcome = await generateClient(fileURLToPath(new URL('..', import.meta.url)))
console.log(`database client: ${outcome} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`)
