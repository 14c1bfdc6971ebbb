import { Layout } from 'react-admin'
import type { LayoutProps } from 'react-admin'
import { ReadOnlyLine } from '../access/ReadOnlyLine.tsx'
import { ConsoleAppBar } from './ConsoleAppBar.tsx'
import { ConsoleMenu } from './ConsoleMenu.tsx'
import { DocumentMarks } from './DocumentMarks.tsx'
import { LoadError } from './LoadError.tsx'
import './layout.css'

export function ConsoleLayout({ children }: LayoutProps) {
  return (
    <Layout appBar={ConsoleAppBar} appBarAlwaysOn menu={ConsoleMenu} error={LoadError}>
      <DocumentMarks />
      <ReadOnlyLine />
      {children}
    </Layout>
  )
}
