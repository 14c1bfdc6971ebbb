import { at, fileRule, never, unless } from './rule.ts'
import type { Rule } from './rule.ts'

/** Inside a room: who speaks to whom, and where settings and names belong. */
export const manners: Rule[] = [
  {
    sentence: 'only api/temporal.ts speaks to Temporal for the door',
    broken: never(unless(at(/^api\//), at(/^api\/temporal\.ts$/)), ({ target }) => target.startsWith('@temporalio/')),
    planted: { 'api/episodes/a.ts': "import type { Client } from '@temporalio/client'" },
  },
  {
    sentence: "only activities/failures.ts knows Temporal's failure classes",
    broken: never(
      unless(at(/^activities\//), at(/^activities\/failures\.ts$/)),
      ({ target, names }) => target.startsWith('@temporalio/') && names.some((name) => name === '*' || name.endsWith('Failure')),
    ),
    planted: {
      'activities/a.ts': "import { CancelledFailure } from '@temporalio/activity'",
      'activities/b.ts': "import * as temporal from '@temporalio/common'",
    },
  },
  {
    sentence: 'routes ask the service and the service asks the repo, never backwards',
    broken: never(at(/^api\/.*\.(repo|service|schema)\.ts$/), ({ target }, path) => {
      const above: Record<string, RegExp> = {
        repo: /\.(service|routes)\.ts$/,
        service: /\.routes\.ts$/,
        schema: /\.(repo|service|routes)\.ts$/,
      }
      return above[path.split('.').at(-2)!]!.test(target)
    }),
    planted: {
      'api/a/a.repo.ts': "import type { EpisodeService } from './a.service.ts'",
      'api/a/a.service.ts': "import { routes } from '../b/b.routes.ts'",
      'api/a/a.schema.ts': "import type { Row } from './a.repo.ts'",
    },
  },
  {
    sentence: 'settings are read where a process begins, and handed down',
    broken: fileRule(
      ({ path, readsEnvironment }) =>
        readsEnvironment &&
        !/^(api\/main|activities\/worker|prisma\/seed|prisma\.config|(web|admin)\/vite\.config)\.ts$|^(scripts|bench|tests)\/|\.test\.tsx?$/.test(
          path,
        ),
      'process.env',
    ),
    planted: {
      'shared/a.ts': "export const level = process.env.LOG_LEVEL ?? 'info'",
      'activities/a.ts': 'const { env } = process',
      'api/a.ts': "import { env } from 'node:process'",
      'workflows/rehearsal/a.ts': "export const path = process.env['TEMPORAL_CLI_PATH']",
    },
  },
  {
    sentence: 'a file is named for what it does: no utils, helpers, common',
    broken: fileRule(({ path }) => /(^|[/.-])(utils?|helpers?|commons?)([/.-]|$)/.test(path), 'its name'),
    planted: { 'shared/utils/text.ts': '', 'web/src/helpers.ts': '', 'api/http/common.ts': '' },
  },
  {
    sentence: 'no file only hands on what others made, but the doors of workflows, activities and a resource of the console',
    broken: fileRule(
      ({ path, isBarrel }) => isBarrel && !/^(workflows|activities|admin\/src\/[\w-]+)\/index\.ts$/.test(path),
      'a barrel',
    ),
    planted: {
      'shared/index.ts': "export * from './money.ts'\nexport * from './text.ts'",
      'web/src/lib/all.ts': "import './side.ts'\nexport { a } from './a.ts'",
    },
  },
]
