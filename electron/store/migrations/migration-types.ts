/** What a migration may use: literal SQL alone. A migration is history: it imports nothing else of the program. */
export interface MigrationTx {
  exec(sql: string): void
  run(sql: string, ...params: readonly MigrationValue[]): void
  all<T>(sql: string, ...params: readonly MigrationValue[]): T[]
}

export type MigrationValue = string | number | bigint | Uint8Array | null

export interface Migration {
  /** Rises by tens: 10, 20, 30. */
  readonly version: number
  readonly up: (tx: MigrationTx) => void
}
