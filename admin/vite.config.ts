import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const api = process.env.API_URL ?? 'http://127.0.0.1:8000'

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/admin/',
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // react-admin is one piece of some 1 MB whatever we do; the console is for a few people, and cached for ever.
    chunkSizeWarningLimit: 1600,
  },
  server: {
    port: 5174,
    // `headers`: the API takes sign-ins from its own origin only; the development server stands in for it.
    proxy: { '/api': { target: api, changeOrigin: true, headers: { origin: api } } },
  },
})
