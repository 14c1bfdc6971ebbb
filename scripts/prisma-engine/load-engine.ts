import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils'
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg'

/** The engine's methods by the names the CLI calls them. */
export type Engine = Record<string, (params: object) => Promise<{ stdout?: string | null }>>

type Exports = { __wbindgen_start?: () => void }

type Bindings = {
  __wbg_set_wasm(exports: Exports): void
  SchemaEngine: { new: (options: object, log: (message: string) => void, adapter: object) => Promise<Engine> }
}

// Only the browser's type library describes this part of Node.
const { WebAssembly } = globalThis as unknown as {
  WebAssembly: { instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: Exports } }> }
}

/** Instantiates the WebAssembly schema engine on a database; `datamodels` are the schema files as (path, text). */
export async function loadEngine(
  datamodels: [string, string][] | undefined,
  adapter: SqlMigrationAwareDriverAdapterFactory,
): Promise<Engine> {
  const glue = bindings as unknown as Bindings
  const wasm = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(readFileSync(wasm), { './schema_engine_bg.js': bindings })
  glue.__wbg_set_wasm(instance.exports)
  instance.exports.__wbindgen_start?.()
  // The engine reports a panic through this global, which the CLI's own loader would have made.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      message: '',
      set_message(message: string) {
        this.message = message
      },
    },
  })
  return glue.SchemaEngine.new({ datamodels }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter))
}
