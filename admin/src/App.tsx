import { Admin, Resource } from 'react-admin'
import { BrowserRouter } from 'react-router-dom'
import { backups } from './backups/index.ts'
import { authProvider } from './authProvider.ts'
import { auditLog } from './audit-log/index.ts'
import { DashboardPage } from './dashboard/DashboardPage.tsx'
import { dataProvider } from './dataProvider.ts'
import { episodes } from './episodes/index.ts'
import { i18nProvider } from './i18n/i18n-provider.ts'
import { ConsoleLayout } from './layout/ConsoleLayout.tsx'
import { LoginPage } from './layout/LoginPage.tsx'
import { NotFoundPage } from './layout/NotFoundPage.tsx'
import { providers } from './providers/index.ts'
import { settings } from './spending/index.ts'
import { reconcile } from './reconcile/index.ts'
import { schedules } from './schedules/index.ts'
import { store } from './store.ts'
import { darkTheme, lightTheme } from './theme.ts'
import { usageLogs } from './usage-logs/index.ts'
import { prices } from './prices/index.ts'
import { users } from './users/index.ts'
import { voices } from './voices/index.ts'

export function App() {
  return (
    // The basename stands on the router: given to Admin alone, the page stays blank without an error.
    <BrowserRouter basename="/admin">
      <Admin
        requireAuth
        disableTelemetry
        title="AIMake"
        authProvider={authProvider}
        dataProvider={dataProvider}
        i18nProvider={i18nProvider}
        store={store}
        theme={lightTheme}
        darkTheme={darkTheme}
        layout={ConsoleLayout}
        loginPage={LoginPage}
        catchAll={NotFoundPage}
        dashboard={DashboardPage}
      >
        <Resource {...episodes} />
        <Resource {...users} />
        <Resource {...usageLogs} />
        <Resource {...voices} />
        <Resource {...prices} />
        <Resource {...providers} />
        <Resource {...schedules} />
        <Resource {...reconcile} />
        <Resource {...backups} />
        <Resource {...auditLog} />
        <Resource {...settings} />
      </Admin>
    </BrowserRouter>
  )
}
