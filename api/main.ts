import { startErrorReports } from '../shared/watching/error-reports.ts'
import { startShipper } from '../shared/watching/log-shipper.ts'
import { readApiSettings } from './env.ts'
import { startApi } from './start.ts'

const settings = readApiSettings(process.env)
await startApi(settings, { reports: await startErrorReports('api', settings), shipper: startShipper(settings) })
