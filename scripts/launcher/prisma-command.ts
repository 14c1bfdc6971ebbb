import { accessSync, chmodSync, constants } from 'node:fs'
import { join } from 'node:path'
import { withOwnNode } from './run-program.ts'

/** How the Prisma CLI is run here: with our schema engine in place of the one it would download, and without its calls home. */
export function prismaCommand(
  checkout: string,
  args: string[],
  env: NodeJS.ProcessEnv,
): { command: string; args: string[]; env: NodeJS.ProcessEnv } {
  const engine = join(checkout, 'scripts/schema-engine.ts')
  try {
    accessSync(engine, constants.X_OK)
  } catch {
    chmodSync(engine, 0o755)
  }
  return {
    command: process.execPath,
    args: [join(checkout, 'node_modules/prisma/build/index.js'), ...args],
    env: withOwnNode({ ...env, PRISMA_SCHEMA_ENGINE_BINARY: engine, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' }),
  }
}
