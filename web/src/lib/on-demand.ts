import { createElement, useCallback, useEffect, useState } from 'react'
import type { ComponentType, FunctionComponent, ReactNode } from 'react'
import { useTranslation } from '../i18n/translation.ts'
import { showToast } from './toast.ts'

export interface Readable {
  /** Reads it before it is shown: a hand comes near. Repeating it does nothing. */
  ahead: () => Promise<void>
}

interface Meanwhile {
  /** What stands in its place until it is here. */
  meanwhile?: ReactNode
}

type OnDemand<Props> = FunctionComponent<Props & Meanwhile> & Readable

/** A part of a page that is read when it is first shown. Where it cannot be read that is said, and the page around it stays. */
export function onDemand<Props extends object>(read: () => Promise<ComponentType<Props>>): OnDemand<Props> {
  let part: ComponentType<Props> | undefined
  const ahead = async () => {
    part ??= await read()
  }
  function Part({ meanwhile = null, ...props }: Props & Meanwhile) {
    const { t } = useTranslation()
    const [, setHere] = useState(part !== undefined)
    useEffect(() => {
      let isGone = false
      ahead().then(
        () => isGone || setHere(true),
        () => isGone || showToast(t('problems.noConnection')),
      )
      return () => {
        isGone = true
      }
    }, [t])
    return part ? createElement(part, props as unknown as Props) : meanwhile
  }
  return Object.assign(Part, { ahead })
}

/** For events that tell of a hand: what could not be read is read again, and missed, when it is asked for. */
export const soon = (part: Readable) => () => void part.ahead().catch(() => undefined)

/** Opens something once it is here, so that it comes up whole; says so where it cannot be read. */
export function useOpening() {
  const { t } = useTranslation()
  return useCallback(
    (part: Readable, open: () => void) => void part.ahead().then(open, () => showToast(t('problems.noConnection'))),
    [t],
  )
}
