import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Redacted } from '#shared/foundation/redacted.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { parseMasterKey } from './keys/master-key.ts'

/** Where the centre's databases are. */
export type DatabaseConfig =
  | { readonly type: 'Embedded'; readonly dataDir: string }
  | {
      readonly type: 'External'
      readonly databaseUrl: string
      readonly keysDatabaseUrl: string
      readonly masterKey: Redacted<Uint8Array>
      /** Of after the next rotation; null: not set. */
      readonly newMasterKey: Redacted<Uint8Array> | null
    }

export interface ServerConfig {
  readonly host: string
  readonly port: number
  readonly database: DatabaseConfig
  readonly demo: { readonly cases: number; readonly seed: number } | null
  readonly tls: { readonly cert: string; readonly key: string } | null
  readonly behindProxy: boolean
  /** `open`: a PC needs no code to enrol. */
  readonly enrolment: 'open' | 'code'
  readonly logLevel: string
}

/** What is wrong with the command line or the environment, in words for the administrator. */
export interface ConfigInvalid {
  readonly type: 'ConfigInvalid'
  readonly message: string
}

const DEFAULT_DATA_DIR = path.resolve(import.meta.dirname, '../.data/centre')
const DEFAULT_PORT = '8711'

const postgresUrl = z.string().regex(/^postgres(ql)?:\/\/.+/)
const environmentSchema = z.object({
  DATABASE_URL: postgresUrl.optional(),
  KEYS_DATABASE_URL: postgresUrl.optional(),
  MNK_MASTER_KEY: z.string().optional(),
  MNK_MASTER_KEY_FILE: z.string().optional(),
  MNK_NEW_MASTER_KEY: z.string().optional(),
  MNK_NEW_MASTER_KEY_FILE: z.string().optional(),
  MNK_TLS_CERT: z.string().optional(),
  MNK_TLS_KEY: z.string().optional(),
  MNK_BEHIND_PROXY: z.enum(['0', '1']).default('0'),
  MNK_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info')
})
type Environment = z.infer<typeof environmentSchema>

const OPTIONS = {
  host: { type: 'string', default: '127.0.0.1' },
  port: { type: 'string', default: DEFAULT_PORT },
  data: { type: 'string', default: DEFAULT_DATA_DIR },
  demo: { type: 'boolean', default: false },
  enrolment: { type: 'string' },
  'demo-cases': { type: 'string', default: '2000' },
  'demo-seed': { type: 'string', default: '20240125' }
} as const

const wholeNumber = (max: number) => z.coerce.number().int().min(0).max(max)
const flagsSchema = z.object({
  host: z.string().min(1),
  port: wholeNumber(65_535),
  data: z.string().min(1),
  demo: z.boolean(),
  enrolment: z.enum(['open', 'code']).optional(),
  'demo-cases': wholeNumber(1_000_000),
  'demo-seed': wholeNumber(2 ** 31)
})

/** Reads the command line and the environment; the files that they name are read here too. */
export function readConfig(args: readonly string[], env: NodeJS.ProcessEnv): Result<ServerConfig, ConfigInvalid> {
  const flags = readFlags(args)
  if (!flags.ok) return flags
  const environment = environmentSchema.safeParse(env)
  if (!environment.success) return invalid(`${environment.error.issues[0]?.path.join('.')} is not usable`)
  const database = databaseConfig(environment.data, flags.value.data)
  if (!database.ok) return database
  const tls = tlsConfig(environment.data)
  if (!tls.ok) return tls
  const { host, port, demo } = flags.value
  const behindProxy = environment.data.MNK_BEHIND_PROXY === '1'
  if (!isLoopback(host) && tls.value === null && !behindProxy) {
    return invalid(
      'without TLS the centre listens on the loopback address only: set MNK_TLS_CERT and MNK_TLS_KEY, or MNK_BEHIND_PROXY=1 when a proxy ends TLS'
    )
  }
  const enrolment = flags.value.enrolment ?? (demo ? 'open' : 'code')
  if (enrolment === 'open' && !isLoopback(host)) {
    return invalid('--enrolment open lets any PC in, so the centre then listens on the loopback address only')
  }
  return ok({
    host,
    port,
    database: database.value,
    demo: demo ? { cases: flags.value['demo-cases'], seed: flags.value['demo-seed'] } : null,
    tls: tls.value,
    behindProxy,
    enrolment,
    logLevel: environment.data.MNK_LOG_LEVEL
  })
}

const invalid = (message: string) => err<ConfigInvalid>({ type: 'ConfigInvalid', message })

function readFlags(args: readonly string[]): Result<z.infer<typeof flagsSchema>, ConfigInvalid> {
  try {
    const parsed = flagsSchema.safeParse(parseArgs({ args: [...args], options: OPTIONS }).values)
    return parsed.success ? ok(parsed.data) : invalid(`--${parsed.error.issues[0]?.path.join('.')} is not usable`)
  } catch (fault) {
    return invalid(fault instanceof Error ? fault.message : 'the command line is not usable')
  }
}

/** The databases alone, for tools that need no server. */
export function readDatabaseConfig(env: NodeJS.ProcessEnv, dataDir = DEFAULT_DATA_DIR) {
  const environment = environmentSchema.safeParse(env)
  return environment.success
    ? databaseConfig(environment.data, dataDir)
    : invalid(`${environment.error.issues[0]?.path.join('.')} is not usable`)
}

function databaseConfig(env: Environment, dataDir: string): Result<DatabaseConfig, ConfigInvalid> {
  const { DATABASE_URL: databaseUrl, KEYS_DATABASE_URL: keysDatabaseUrl } = env
  if (databaseUrl === undefined && keysDatabaseUrl === undefined) {
    return ok({ type: 'Embedded', dataDir: path.resolve(dataDir) })
  }
  if (databaseUrl === undefined || keysDatabaseUrl === undefined) {
    return invalid('set both DATABASE_URL and KEYS_DATABASE_URL, or neither for the embedded PostgreSQL')
  }
  if (databaseUrl === keysDatabaseUrl) return invalid('the keys need a database of their own: KEYS_DATABASE_URL')
  const text = env.MNK_MASTER_KEY ?? readNamedFile(env.MNK_MASTER_KEY_FILE)
  const masterKey = parseMasterKey(text ?? '')
  if (!masterKey.ok) return invalid('MNK_MASTER_KEY (or the file MNK_MASTER_KEY_FILE) must hold 32 bytes in base64')
  const newText = env.MNK_NEW_MASTER_KEY ?? readNamedFile(env.MNK_NEW_MASTER_KEY_FILE)
  const newKey = newText === null ? null : parseMasterKey(newText)
  if (newKey?.ok === false) return invalid('MNK_NEW_MASTER_KEY (or its file) must hold 32 bytes in base64')
  return ok({
    ...{ type: 'External', databaseUrl, keysDatabaseUrl },
    ...{ masterKey: masterKey.value, newMasterKey: newKey?.value ?? null }
  })
}

function tlsConfig(env: Environment): Result<{ cert: string; key: string } | null, ConfigInvalid> {
  if (env.MNK_TLS_CERT === undefined && env.MNK_TLS_KEY === undefined) return ok(null)
  const cert = readNamedFile(env.MNK_TLS_CERT)
  const key = readNamedFile(env.MNK_TLS_KEY)
  if (cert === null || key === null) return invalid('MNK_TLS_CERT and MNK_TLS_KEY must name two readable PEM files')
  return ok({ cert, key })
}

function readNamedFile(file: string | undefined): string | null {
  if (file === undefined) return null
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null // the caller says which setting it was
  }
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host)
