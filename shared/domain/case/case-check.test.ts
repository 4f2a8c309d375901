import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { schemaCheck } from '#shared/foundation/schema-check.ts'
import { caseRecordSchema } from './case.ts'

const COUNT = 500
const madeUp = createCaseGenerator({ seed: 9, districtCodes: ['11680'], today: '2026-11-20', count: COUNT })
const fits = schemaCheck(caseRecordSchema)

test('what is checked fast is what the schema takes, record by record', () => {
  for (let index = 0; index < COUNT; index += 1) expect(fits(madeUp(index))).toBe(true)
})

/** Every place in a value, as the way to it. */
function placesIn(value: unknown, way: readonly string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [[...way]]
  return [[...way], ...Object.entries(value).flatMap(([name, part]) => placesIn(part, [...way, name]))]
}

function changed(value: unknown, way: readonly string[], change: (part: unknown) => unknown): unknown {
  const [name, ...rest] = way
  if (name === undefined) return change(value)
  if (Array.isArray(value)) return value.map((part, at) => (String(at) === name ? changed(part, rest, change) : part))
  const fields: Record<string, unknown> = Object.assign({}, value)
  fields[name] = changed(fields[name], rest, change)
  return fields
}

const oddValue = fc.oneof(
  fc.constantFrom<unknown>(null, undefined, '', ' ', ' 김민수 ', '0', 0, -1, 0.5, 1e20, Number.NaN, true, [], {}, [
    null
  ]),
  fc.constantFrom<unknown>(
    '2026-02-29',
    '2024-02-29',
    '2026-11-23T02:19:25.000Z',
    '2026-11-23T02:19:25+09:00',
    '1168000000'
  ),
  fc.string({ maxLength: 500 }),
  fc.uuid(),
  fc.integer(),
  fc.emailAddress()
)

const oddChange = fc.oneof(
  oddValue.map((odd) => () => odd),
  fc
    .string({ minLength: 1, maxLength: 70 })
    .map((more) => (part: unknown) => (typeof part === 'string' ? part + more : more)),
  fc.nat(30).map((times) => (part: unknown) => (Array.isArray(part) ? new Array(times).fill(part[0]) : part)),
  fc.string().map((name) => (part: unknown) => (typeof part === 'object' ? { ...part, [name]: 1 } : part)),
  fc.nat(5).map((at) => (part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part
    return Object.fromEntries(Object.entries(part).filter((_, index) => index !== at))
  })
)

test('what is changed somewhere is refused by both or taken by both', () => {
  fc.assert(
    fc.property(fc.nat(COUNT - 1), fc.nat(10_000), oddChange, (index, at, change) => {
      const record = madeUp(index)
      const places = placesIn(record)
      const odd = changed(record, places[at % places.length] ?? [], change)
      expect(fits(odd)).toBe(caseRecordSchema.safeParse(odd).success)
    }),
    { numRuns: 5000 }
  )
})
