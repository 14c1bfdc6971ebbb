/** The same keys in another language; languages with plurals may add their forms (`lines_one` beside `lines_other`). */
export type Words<T> = { [K in keyof T]: T[K] extends string ? string : Words<T[K]> } & {
  [K in keyof T & string as K extends `${infer Stem}_other` ? `${Stem}_one` : never]?: string
}
