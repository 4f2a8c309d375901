import path from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { DISTRICTS, districtByCode } from '#shared/domain/district/district.ts'
import { dateSchema } from '#shared/foundation/primitives.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'

/** Where the made cases go. */
export type GenerateTarget =
  /** `url` null: the database that the server would use. */
  | { readonly type: 'Centre'; readonly url: string | null; readonly dataDir: string | null }
  | { readonly type: 'Store'; readonly file: string; readonly key: Uint8Array }
  | { readonly type: 'File'; readonly file: string }

export interface GenerateArguments {
  readonly cases: number
  readonly seed: number
  readonly today: string
  readonly districtCodes: readonly string[]
  readonly target: GenerateTarget
}

/** The command line cannot be used; `message` tells the person what to type instead. */
export interface ArgumentsInvalid {
  readonly type: 'ArgumentsInvalid'
  readonly message: string
}

const OPTIONS = {
  cases: { type: 'string', default: '100000' },
  seed: { type: 'string', default: '1' },
  today: { type: 'string' },
  districts: { type: 'string' },
  data: { type: 'string' },
  into: { type: 'string' },
  store: { type: 'string' },
  key: { type: 'string' },
  out: { type: 'string' }
} as const

const MOST_CASES = 5_000_000
const MOST_SEED = 2 ** 31 - 1

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .pipe(z.int().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`))

const flagsSchema = z
  .object({
    cases: wholeNumber(1, MOST_CASES),
    seed: wholeNumber(0, MOST_SEED),
    today: dateSchema.optional(),
    districts: z
      .string()
      .transform((list) => list.split(','))
      .refine((codes) => codes.every((code) => districtByCode(code) !== undefined), 'names a 자치구 code that is none')
      .optional(),
    data: z.string().min(1).optional(),
    into: z
      .string()
      .regex(/^postgres(ql)?:\/\/./, 'must be a postgres:// address')
      .optional(),
    store: z.string().min(1).optional(),
    key: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/, 'must be 64 hexadecimal digits')
      .optional(),
    out: z
      .string()
      .regex(/.\.ndjson$/, 'must end in .ndjson')
      .optional()
  })
  .strict()
type Flags = z.infer<typeof flagsSchema>

const invalid = (message: string) => err<ArgumentsInvalid>({ type: 'ArgumentsInvalid', message })

/** Reads the command line. `today` is the day of the newest cases when none is given. */
export function readArguments(args: readonly string[], today: string): Result<GenerateArguments, ArgumentsInvalid> {
  const flags = readFlags(args)
  if (!flags.ok) return flags
  const target = targetOf(flags.value)
  if (!target.ok) return target
  const { cases, seed, districts } = flags.value
  const districtCodes = districts ?? DISTRICTS.map(({ code }) => code)
  return ok({ cases, seed, today: flags.value.today ?? today, districtCodes, target: target.value })
}

function readFlags(args: readonly string[]): Result<Flags, ArgumentsInvalid> {
  try {
    const parsed = flagsSchema.safeParse(parseArgs({ args: [...args], options: OPTIONS }).values)
    if (parsed.success) return ok(parsed.data)
    const [issue] = parsed.error.issues
    return invalid(`--${issue?.path.join('.')} ${issue?.message}`)
  } catch (fault) {
    return invalid(fault instanceof Error ? fault.message : 'the command line is not usable')
  }
}

function targetOf({ data, into, store, key, out }: Flags): Result<GenerateTarget, ArgumentsInvalid> {
  const named = [data, into, store, out].filter((target) => target !== undefined)
  if (named.length > 1) return invalid('name one target: --data, --into, --store or --out')
  if ((store === undefined) !== (key === undefined)) return invalid('--store and --key belong together')
  if (store !== undefined && key !== undefined) {
    return ok({ type: 'Store', file: path.resolve(store), key: Uint8Array.from(Buffer.from(key, 'hex')) })
  }
  if (out !== undefined) return ok({ type: 'File', file: path.resolve(out) })
  return ok({ type: 'Centre', url: into ?? null, dataDir: data === undefined ? null : path.resolve(data) })
}
