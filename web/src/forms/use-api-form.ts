import { useEffect, useRef, useState } from 'react'
import { useForm } from 'react-hook-form'
import type { DefaultValues, FieldErrors, FieldValues, Resolver, UseFormReturn } from 'react-hook-form'
import { readKept, writeKept } from '../lib/kept.ts'
import { useWrongWords } from './wrong-words.ts'
import { wrongFields } from './wrong.ts'
import type { Check } from './wrong.ts'

interface ApiForm<Values extends FieldValues> {
  /** Of the body it sends, from the API's own description. */
  check: Check
  start: DefaultValues<Values>
  /** What is sent for what was typed; left out: the fields as they are, without blanks around them. */
  bodyOf?: (values: Values) => unknown
  /** Fields that have another name in the body: name there -> name here. */
  names?: Record<string, string>
  /** Under which name what is typed is kept until it was sent; left out: it lasts as long as the page. */
  keptAs?: string
  /** What only our own rules find wrong with what was typed: field -> words. */
  also?: (values: Values) => Partial<Record<string, string>>
  /** What is wrong is said while one types, and not first when it is sent. */
  isSaidAtOnce?: boolean
  /** Better words for a field than those that fit all. */
  words?: Record<string, string>
}

export interface FormOfApi<Values extends FieldValues> extends UseFormReturn<Values> {
  /** For `onSubmit`: `send` gets the body once it is right. What was typed stays until it says that it is done. */
  sends: (send: (body: never) => unknown) => (event: { preventDefault: () => void }) => void
  /** Whether a field cannot be left empty, by the API's schema. */
  needs: (name: string) => boolean
  /** It was sent: the fields begin anew. */
  done: () => void
  /** It was sent, and stays as it stands. */
  forget: () => void
}

/** What is typed, and whether the API would take it, said at the field. A form sends once: a second press while it is busy does nothing. */
export function useApiForm<Values extends FieldValues>({
  check,
  start,
  bodyOf = trimmed,
  names = {},
  words = {},
  keptAs,
  also,
  isSaidAtOnce = false,
}: ApiForm<Values>): FormOfApi<Values> {
  const say = useWrongWords()
  const busy = useRef(false)
  const resolver: Resolver<Values> = (values) => {
    const byRule = Object.entries(also?.(values) ?? {}).map(([name, message]) => [name, { type: 'own', message }] as const)
    const bySchema = [...wrongFields(check, bodyOf(values))].map(([field, wrong]) => {
      const name = names[field] ?? field
      return [name, { type: wrong.keyword, message: words[name] ?? say(wrong) }] as const
    })
    const wrongs = [...bySchema, ...byRule]
    if (wrongs.length === 0) return { values, errors: {} }
    return { values: {}, errors: Object.fromEntries(wrongs) as FieldErrors<Values> }
  }
  const [begin] = useState(() => ({ ...start, ...(keptAs === undefined ? null : readKept<DefaultValues<Values>>(keptAs)) }))
  const form = useForm<Values>({ defaultValues: begin, resolver, mode: isSaidAtOnce ? 'onChange' : 'onSubmit' })
  const { subscribe } = form
  useEffect(() => {
    if (keptAs === undefined) return undefined
    return subscribe({ formState: { values: true }, callback: ({ values }) => writeKept(keptAs, values) })
  }, [keptAs, subscribe])
  const forget = () => keptAs !== undefined && writeKept(keptAs, null)
  const done = () => {
    form.reset(start)
    forget()
  }
  const sends = (send: (body: never) => unknown) => (event: { preventDefault: () => void }) => {
    event.preventDefault()
    if (busy.current) return
    busy.current = true
    void form
      .handleSubmit(async (values) => void (await send(bodyOf(values) as never)))()
      .finally(() => (busy.current = false))
  }
  const needs = (name: string) => check.needed.some((field) => (names[field] ?? field) === name)
  return { ...form, sends, needs, done, forget }
}

/** Passwords keep their blanks: they are as they were typed. */
export const trimmed = (values: FieldValues): FieldValues =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && !/password/i.test(name) ? value.trim() : value,
    ]),
  )
