// How a row of the call table is written down, and what the table's types give back.

import type { z } from 'zod'

/** What may cross between the hosts: JSON values only. */
export type Wire =
  null | boolean | number | string | readonly Wire[] | { readonly [key: string]: Wire | undefined }

declare const resultType: unique symbol
declare const dataType: unique symbol

export interface Call<K extends 'query' | 'command', S extends z.ZodType, R> {
  readonly kind: K
  readonly input: S
  readonly [resultType]?: R
}
export interface Topic<D> {
  readonly kind: 'topic'
  readonly [dataType]?: D
}

/** A call without effects: the client may repeat it after a reconnect, its handler can only read. */
export const query = <S extends z.ZodType>(input: S) => ({
  returns: <R>(): Call<'query', S, R> => ({ kind: 'query', input }),
})

/** A call with effects: runs once and is never repeated by itself. */
export const command = <S extends z.ZodType>(input: S) => ({
  returns: <R>(): Call<'command', S, R> => ({ kind: 'command', input }),
})

/** Something the backend tells everybody who listens. */
export const topic = <D>(): Topic<D> => ({ kind: 'topic' })

export type ResultTypeOf<C> = C extends Call<'query' | 'command', z.ZodType, infer R> ? R : never
export type InputTypeOf<C> = C extends Call<'query' | 'command', infer S, unknown> ? z.input<S> : never
export type ParsedTypeOf<C> = C extends Call<'query' | 'command', infer S, unknown> ? z.output<S> : never
export type DataTypeOf<T> = T extends Topic<infer D> ? D : never
