import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { serviceWorker } from './service-worker-plugin.ts'

const target = process.env.API_URL ?? 'http://127.0.0.1:8000'
// The API trusts its own origin only; in development the page comes from another port.
const proxy = { target, changeOrigin: true, headers: { origin: new URL(target).origin } }

// Few files that change at different times: packages, what most pages share, each page, the player's HLS. An icon comes with the pages that show it.
const groups = [
  { name: 'vendor', test: /node_modules\/(?!hls|@sentry|qrcode|lucide)/ },
  { name: 'shared', test: /src\/(lib|components)\/|node_modules\/lucide/, minShareCount: 3 },
]

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), serviceWorker()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    rolldownOptions: { output: { codeSplitting: { groups } } },
  },
  server: { port: 5173, proxy: { '/api': proxy, '/health': proxy, '^/(s|embed|feeds)/': proxy, '/openapi.json': proxy } },
})
