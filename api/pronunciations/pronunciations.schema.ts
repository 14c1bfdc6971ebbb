import { z } from 'zod'
import { hasSpeech } from '../../shared/text.ts'
import { languageSchema, statusSchema } from '../episodes/episodes.schema.ts'
import { remakeSchema } from '../episodes/script.schema.ts'

/** In one list, a person's or an episode's. */
export const MAX_ENTRIES = 200
const MAX_WORD_CHARACTERS = 60
const MAX_SAY_CHARACTERS = 120

const words = (what: string, most: number) =>
  z
    .string()
    .overwrite((text) => text.normalize('NFC').trim().replace(/ +/g, ' '))
    .refine(
      (text) => !/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u.test(text),
      `${what} holds a control character. Write it on one line.`,
    )
    .refine((text) => [...text].length <= most, `${what} may have ${most} characters at most.`)
    .refine(hasSpeech, `${what} needs at least one letter, ideograph or digit.`)

/** Pinyin, which no voice here reads: it would be spelled as English. */
const PINYIN = /[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]|\b[a-zü]+[1-5]\b/iu

export const entrySchema = z
  .strictObject({
    word: words('The word', MAX_WORD_CHARACTERS).meta({
      description: 'As it is written. Latin words are found whole, in capitals or not.',
    }),
    say: words('The pronunciation', MAX_SAY_CHARACTERS).meta({
      description: 'A respelling: for Chinese, characters that sound so; pinyin is not read.',
    }),
    language: languageSchema.optional().meta({ description: 'Only in episodes of this language; in all when left out.' }),
  })
  .refine(({ word, say }) => !/\p{sc=Han}/u.test(word) || !PINYIN.test(say), {
    path: ['say'],
    message: 'The voices do not read pinyin. Write Chinese characters that sound like it.',
  })
  .meta({ id: 'Pronunciation' })

export const dictionarySchema = z
  .strictObject({
    entries: z.array(entrySchema).max(MAX_ENTRIES, `At most ${MAX_ENTRIES} words in one list. Remove some that are not needed.`),
  })
  .superRefine(({ entries }, context) => {
    const known = new Set<string>()
    entries.forEach(({ word, language }, index) => {
      const key = `${language ?? ''} ${word.toLowerCase()}`
      if (known.has(key))
        context.addIssue({ code: 'custom', path: ['entries', index, 'word'], message: `"${word}" stands twice in the list.` })
      known.add(key)
    })
  })
  .meta({ id: 'Dictionary', description: 'A list of words and how each is said. Putting it replaces the whole list.' })

export const episodeDictionarySchema = z
  .object({
    entries: z.array(entrySchema),
    version: z.int().meta({ description: 'The current version.' }),
    status: statusSchema,
    remake: remakeSchema.meta({ description: 'What the current version lacks to be said so: nothing once it was made.' }),
  })
  .meta({ id: 'EpisodeDictionary' })

export type Dictionary = z.infer<typeof dictionarySchema>
export type EpisodeDictionary = z.infer<typeof episodeDictionarySchema>
