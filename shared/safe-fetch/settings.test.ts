import { expect, it } from 'vitest'
import { readSettings } from '../env.ts'
import { sourceSettings, testServersOf } from './settings.ts'

const read = (servers: string | undefined) => readSettings(sourceSettings, { SOURCE_TEST_SERVERS: servers })

it('names servers of tests, and none by itself', () => {
  expect([...testServersOf({ ENVIRONMENT: 'test', ...read('127.0.0.1:1, site.test:80') })]).toEqual([
    '127.0.0.1:1',
    'site.test:80',
  ])
  expect(testServersOf({ ENVIRONMENT: 'production', ...read(undefined) }).size).toBe(0)
})

it('is refused in production', () => {
  expect(() => testServersOf({ ENVIRONMENT: 'production', ...read('127.0.0.1:9000') })).toThrow('SOURCE_TEST_SERVERS')
})
