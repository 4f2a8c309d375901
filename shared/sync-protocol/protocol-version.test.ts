import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { commandSchema } from '#shared/commands/command.ts'
import { apiErrorSchema } from './api-error.ts'
import { pokeSchema } from './poke.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from './protocol-version.ts'
import { pullLineSchema, pullQuerySchema } from './pull.ts'
import { pushRequestSchema, pushResponseSchema } from './push.ts'
import { signInRequestSchema, signInResponseSchema } from './sign-in.ts'

const MESSAGES = {
  apiErrorSchema,
  commandSchema,
  pokeSchema,
  pullLineSchema,
  pullQuerySchema,
  pushRequestSchema,
  pushResponseSchema,
  signInRequestSchema,
  signInResponseSchema
}

/**
 * The shape of every message, version by version. When this test fails, a message has changed: raise PROTOCOL_VERSION,
 * write its history line and add its hash below. A line of a version that is in use anywhere is never changed.
 */
const SHAPES = new Map([[1, '30f9ccf7b8d87c69']])

test('no message changes its shape unless the protocol version steps up with it', () => {
  expect({ version: PROTOCOL_VERSION, shape: shapeOf(MESSAGES) }).toEqual({
    version: Math.max(...SHAPES.keys()),
    shape: SHAPES.get(PROTOCOL_VERSION)
  })
})

test('every change of a message changes the hash, be it a field, a limit or a member of a union', () => {
  const base = z.object({ a: z.string().max(10), b: z.union([z.literal('x'), z.literal('y')]) })
  const changed = [
    base.extend({ c: z.number() }),
    base.extend({ a: z.string().max(11) }),
    base.extend({ a: z.string().max(10).optional() }),
    base.extend({ b: z.literal('x') }),
    z.object({ b: base.shape.b })
  ]
  const shapes = [base, ...changed].map((message) => shapeOf({ message }))
  expect(new Set(shapes).size).toBe(shapes.length)
})

test('the messages come out of the files of this folder, none is left out', async () => {
  const files = readdirSync(import.meta.dirname).filter((file) => !file.endsWith('.test.ts'))
  const modules = await Promise.all(
    files.map((file): Promise<Record<string, unknown>> => import(join(import.meta.dirname, file)))
  )
  const schemas = modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, value]) => (value instanceof z.ZodType ? [name] : []))
  )
  const parts = ['pushOutcomeSchema'] // stands inside pushResponseSchema
  expect(Object.keys(MESSAGES).sort()).toEqual(
    [...schemas.filter((name) => !parts.includes(name)), 'commandSchema'].sort()
  )
})

test('the header that names the version is what desks in the field already send', () => {
  expect(PROTOCOL_HEADER).toBe('x-mnk-protocol')
})

function shapeOf(messages: Record<string, z.ZodType>): string {
  const shapes = Object.entries(messages).map(([name, schema]) => [name, z.toJSONSchema(schema, { io: 'input' })])
  return createHash('sha256').update(JSON.stringify(shapes)).digest('hex').slice(0, 16)
}
