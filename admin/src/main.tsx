import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '../../web/src/app/tokens.css'
import './console.css'
import './fields/card.css'
import { App } from './App.tsx'

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
