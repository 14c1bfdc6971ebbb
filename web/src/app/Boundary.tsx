import { Component } from 'react'
import type { ReactNode } from 'react'
import { reportError } from '../watching/report-errors.ts'
import { useTranslation } from '../i18n/translation.ts'

interface BoundaryState {
  broken: boolean
}

/** A page that breaks, or whose code is gone after a release, leaves the rest standing. */
export class Boundary extends Component<{ children: ReactNode }, BoundaryState> {
  override state: BoundaryState = { broken: false }

  static getDerivedStateFromError(): BoundaryState {
    return { broken: true }
  }

  override componentDidCatch(error: unknown): void {
    reportError(error)
  }

  override render() {
    return this.state.broken ? <Broken /> : this.props.children
  }
}

function Broken() {
  const { t } = useTranslation()
  return (
    <main className="page slim">
      <div className="empty" role="alert">
        <h1 className="song">{t('shell.crashTitle')}</h1>
        <p className="two">{t('shell.crashText')}</p>
        <div className="acts">
          <button type="button" className="btn" onClick={() => location.reload()}>
            {t('shell.reload')}
          </button>
        </div>
      </div>
    </main>
  )
}
