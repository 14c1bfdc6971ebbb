import type { Import } from './modules.ts'
import { at, isOurs, isTest, never, only, unless } from './rule.ts'
import type { Rule } from './rule.ts'

// The rehearsal is where workflows are played for the tests; the server never bundles it.
const inWorkflows = unless(at(/^workflows\//), (path) => isTest(path) || path.startsWith('workflows/rehearsal/'))
const inActivities = at(/^activities\//)
const serverPackages =
  /^(node:|@temporalio\/|@prisma\/|@aws-sdk\/|(express|helmet|pg|ioredis|pino|zod-openapi|espeak-ng|better-auth)$|better-auth\/(node|adapters))/

/** Of our own files only those that `pattern` names; packages and Node's modules are another matter. */
const room = (pattern: RegExp) => (item: Import) =>
  isOurs(item.target) ? pattern.test(item.target) : item.target !== 'a computed path'

/** The stairs: work and imports run down them, never up. */
export const stairs: Rule[] = [
  {
    sentence: "workflows import nothing but Temporal's workflow package and themselves, so that they replay the same for ever",
    broken: only(
      inWorkflows,
      ({ target }) => /^@temporalio\/(workflow|common)$/.test(target) || (target.startsWith('workflows/') && inWorkflows(target)),
    ),
    planted: {
      'workflows/a.ts': "import { z } from 'zod'",
      'workflows/b.ts': "import type { Database } from '../prisma/client.ts'",
      'workflows/c.ts': "export const now = await import('node:os')",
      'workflows/d.ts': "import { Stage } from './rehearsal/stage.ts'",
    },
  },
  {
    sentence: 'the contract imports nothing, so that every room can import it',
    broken: only(at(/^workflows\/contract\.ts$/), () => false),
    planted: { 'workflows/contract.ts': "import type { Duration } from '@temporalio/common'" },
  },
  {
    sentence:
      'nothing imports the hands: work reaches them by name, through the contract (benchmarks measure them alone, the doctor reads which settings they take)',
    broken: never(
      unless(at(/./), at(/^(activities|bench)\//)),
      ({ target }, path) => inActivities(target) && !(path === 'scripts/doctor/settings.ts' && target === 'activities/env.ts'),
    ),
    planted: {
      'api/a.ts': "import { wavFile } from '../activities/audio/wav.ts'",
      'tests/end-to-end/a.test.ts': "type Wav = import('../../activities/audio/wav.ts').Wav",
      'scripts/doctor/settings.ts': "import { createActivities } from '../../activities/index.ts'",
    },
  },
  {
    sentence: 'only the worker, which wires it, reads the menu of deeds: deeds do not call deeds',
    broken: never(
      unless(inActivities, (path) => isTest(path) || path === 'activities/worker.ts'),
      ({ target }) => /^activities\/(index|worker)\.ts$/.test(target),
    ),
    planted: { 'activities/audio/a.ts': "import { createActivities } from '../index.ts'" },
  },
  {
    sentence: 'activities stand on shared, prisma and the contract; their tests may ask the fake providers',
    broken: only(
      inActivities,
      (item, path) =>
        room(/^(activities|shared|prisma)\/|^workflows\/contract\.ts$/)(item) ||
        (isTest(path) && item.target.startsWith('tests/fake-providers/')),
    ),
    planted: {
      'activities/d.ts': "import { startFakeProviders } from '../tests/fake-providers/server.ts'",
      'activities/d.test.ts': "import { launchProduct } from '../tests/setup/launch.ts'",
      'activities/a.ts': "import { createApp } from '../api/app.ts'",
      'activities/b.ts': "import { WIDTH } from '../workflows/voicing-window.ts'",
      'activities/c.ts': 'await import(`../${room}/a.ts`)',
    },
  },
  {
    sentence: 'the door stands on shared, prisma and, of the workflows, their contract',
    broken: only(at(/^api\//), room(/^(api|shared|prisma)\/|^workflows\/contract\.ts$/)),
    planted: {
      'api/a.ts': "import { produceEpisode } from '../workflows/index.ts'",
      'api/b.ts': "export * from '../scripts/start.ts'",
    },
  },
  {
    sentence: 'shared holds tools without opinions: it imports nothing of ours but itself',
    broken: only(at(/^shared\//), room(/^shared\//)),
    planted: { 'shared/a.ts': "import type { Database } from '../prisma/client.ts'" },
  },
  {
    sentence: 'the store imports nothing of ours but itself',
    broken: only(at(/^prisma\//), room(/^prisma\//)),
    planted: { 'prisma/a.ts': "import { costMicroUsd } from '../shared/money.ts'" },
  },
  {
    sentence: 'screens know of the server only the types of its description, and the console the look of the web app',
    broken: only(at(/^(web|admin)\//), (item, path) => {
      const own = path.split('/')[0]!
      const look = own === 'admin' && /^web\/src\/app\/\w+\.css$/.test(item.target)
      return room(new RegExp(`^${own}/`))(item) || look || (item.typeOnly && item.target === 'api/openapi.d.ts')
    }),
    planted: {
      'web/src/a.ts': "import { cleanText } from '../../shared/text.ts'",
      'admin/src/a.ts': "import type { Episode } from '../../api/episodes/episodes.schema.ts'",
      'web/src/b.ts': "import { paths } from '../../api/openapi.d.ts'",
      'web/src/c.ts': "import '../../admin/src/theme.ts'",
    },
  },
  {
    sentence: 'the client is for other people: it knows the types of the description and one package, and runs anywhere',
    broken: only(
      at(/^client\//),
      (item) =>
        (item.typeOnly && item.target === 'api/openapi.d.ts') ||
        item.target.startsWith('client/') ||
        item.target === 'openapi-fetch',
    ),
    planted: {
      'client/a.ts': "import { problemCodes } from '../api/http/problem.ts'",
      'client/b.ts': "import { readFileSync } from 'node:fs'",
    },
  },
  {
    sentence: 'screens run in a browser: no Node module and no package of the server',
    broken: never(at(/^(web|admin)\/src\//), ({ target }) => serverPackages.test(target)),
    planted: { 'web/src/a.ts': "import { join } from 'node:path'", 'admin/src/a.ts': "import type { Redis } from 'ioredis'" },
  },
]
