import { Children, Fragment } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from '../i18n/translation.ts'

/** Short facts in a row, parted by a drawn dot that is read aloud as a comma. */
export function Parts({ children }: { children: ReactNode }) {
  const { t } = useTranslation()
  const parts = Children.toArray(children)
  return parts.map((part, index) => (
    // The dot stays with what it follows: a line may end with one, and never begins with one.
    <Fragment key={index}>
      {index > 0 && <wbr />}
      <span className="nw">
        {part}
        {index < parts.length - 1 && <i className="dot">{t('shell.comma')}</i>}
      </span>
    </Fragment>
  ))
}
