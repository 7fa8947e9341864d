// What is used of csv-parse. Its own types stand on those of Node, which must not exist in this folder; wherever Node's
// types may be, its own are checked instead.

export interface InfoRecord {
  /** Bytes from the input's start to behind the record's line end. */
  readonly bytes: number
}

export interface Options {
  delimiter?: string
  encoding?: 'latin1'
  recordDelimiter?: string[]
  relaxQuotes?: boolean
  relaxColumnCount?: boolean
  /** Called within `parse` for each record; what it throws ends `parse`, and for null nothing is kept. */
  onRecord?: (record: string[], context: InfoRecord) => null
}

export function parse(input: Uint8Array, options: Options): string[][]
