// The Prisma CLI as this project runs it: node scripts/prisma.ts generate | migrate deploy | migrate dev --name NAME | ...
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { prismaCommand } from './launcher/prisma-command.ts'

const checkout = fileURLToPath(new URL('..', import.meta.url))
const { command, args, env } = prismaCommand(checkout, process.argv.slice(2), process.env)
const { status } = spawnSync(command, args, { cwd: checkout, env, stdio: 'inherit' })
process.exitCode = status ?? 1
