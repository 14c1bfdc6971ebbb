import './tokens.css'
import './base.css'
import '../components/components.css'
import '../components/source-box.css'
import './shell.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startLanguage } from '../i18n/start.ts'
import { keepInstallOffer } from '../lib/install.ts'
import { startOfflineShell } from '../lib/offline-shell.ts'
import { queries } from '../lib/queries.ts'
import { startReports } from '../watching/report-errors.ts'
import { App } from './App.tsx'
import { Boundary } from './Boundary.tsx'

const root = document.getElementById('app')
if (!root) throw new Error('index.html has no #app')

startReports()
keepInstallOffer()
await startLanguage()
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <Boundary>
        <App />
      </Boundary>
    </QueryClientProvider>
  </StrictMode>,
)
startOfflineShell()
