import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { ahead } from './ahead-plugin.ts'
import { apiChecks } from './api-checks-plugin.ts'
import { packed } from './packed-plugin.ts'
import { serviceWorker } from './service-worker-plugin.ts'

const target = process.env.API_URL ?? 'http://127.0.0.1:8000'
// The API trusts its own origin only; in development the page comes from another port.
const proxy = { target, changeOrigin: true, headers: { origin: new URL(target).origin } }

// A control comes with the pages that show it: menus, radio groups, switches and forms stand on libraries, and those on others, that are read where
// one of them is shown. So does what of the query client only one page asks.
const onDemand = [
  'hls|@sentry|qrcode|lucide|react-hook-form',
  'radix-ui|@radix-ui|@floating-ui|aria-hidden|react-remove-scroll|react-style-singleton|use-sidecar|use-callback-ref|get-nonce|tslib',
  '@tanstack/[^/]+/build/modern/(?:queriesObserver|infiniteQueryObserver|useQueries|useInfiniteQuery)',
].join('|')
// Few files that change at different times: packages, what pages share, each page, the player's HLS. On a phone a request costs more than a
// kilobyte, so what two pages share lies in one file, and none is made of crumbs.
const shared =
  /src\/(lib|components|i18n|watching)\/[^/]+\.tsx?$|src\/app\/Boundary|features\/(front|pronunciations|sharing|new)\/.+\.tsx?$|node_modules\/lucide/
// What the front page and New have alone: where one writes what an episode is to be made of.
const writing = /src\/lib\/(draft|dropped-files)\.ts$|src\/components\/SourceText\.tsx$|features\/new\/.+\.tsx?$/
const groups = [
  { name: 'vendor', test: new RegExp(`rolldown/runtime|node_modules/(?!${onDemand})`) },
  // In the order of main.tsx, so that a part overrules what all are based on.
  { name: 'styles', test: /src\/(app|components|features\/(pronunciations|sharing))\/.+\.css$/ },
  { name: 'shared', test: (id: string) => shared.test(id) && !writing.test(id), minShareCount: 2 },
  { name: 'writing', test: writing, minShareCount: 2 },
]

// What is shipped runs React's API on Preact: 50 kB less before a page is seen (docs/decisions/0048). In development it is React itself, with its warnings.
const small = [
  { find: /^react$/, replacement: 'preact/compat' },
  { find: /^react-dom$/, replacement: 'preact/compat' },
  { find: /^react-dom\/client$/, replacement: `${import.meta.dirname}/preact-client.ts` },
  { find: /^react\/jsx-runtime$/, replacement: 'preact/jsx-runtime' },
]

export default defineConfig(({ command }) => ({
  root: import.meta.dirname,
  plugins: [react(), apiChecks(), serviceWorker(), ahead(), packed()],
  resolve: { alias: command === 'build' ? small : [] },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // Who knows no `modulepreload` reads the same files a moment later.
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { port: 5173, proxy: { '/api': proxy, '/health': proxy, '^/(s|embed|feeds)/': proxy, '/openapi.json': proxy } },
}))
