/** What the store's format needs of a database: the desk hands in its encrypted file, the centre an image in memory. */

export type SqlValue = string | number | bigint | Uint8Array | null

/** Reading: each call takes SQL with `?` places and the values for them. Statements are prepared once per text. */
export interface SqlReader {
  all<T>(sql: string, ...params: SqlValue[]): T[]
  get<T>(sql: string, ...params: SqlValue[]): T | undefined
  /** The first column of the first row. */
  pluck<T>(sql: string, ...params: SqlValue[]): T | undefined
}

/** Writing, inside of a transaction that somebody else begins and ends. */
export interface SqlWriter extends SqlReader {
  run(sql: string, ...params: SqlValue[]): { readonly changes: number }
}
