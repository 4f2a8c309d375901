import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeCapsule, makeDocument } from '../testing/test-capsule.ts'
import { openTestCentre, signInPayload, TEST_MASTER_KEY, type TestCentre } from '../testing/test-centre.ts'
import { createTestOutbox } from '../testing/test-commands.ts'
import type { Answer, CliOptions } from './command.ts'
import { DEVICE_COMMANDS } from './device-commands.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'mnk-cli-'))
let server: TestCentre
beforeAll(async () => {
  server = await openTestCentre({ enrolment: 'code' })
})
afterAll(async () => {
  await server.close()
  rmSync(dir, { recursive: true })
})

const run = (name: string, argument: string, options: CliOptions = {}): Promise<Answer> => {
  const { databaseUrl, keysDatabaseUrl } = server
  const databases = {
    databaseUrl,
    keysDatabaseUrl,
    masterKey: TEST_MASTER_KEY,
    newMasterKey: () => null,
    adoptNewMasterKey: () => undefined,
    stop: async () => undefined
  }
  const command = DEVICE_COMMANDS[name]
  if (command === undefined) throw new Error(`there is no command ${name}`)
  return command.run(databases, { argument, options })
}
const signIn = async (enrolmentCode: string) => {
  const payload = signInPayload({ login: (await server.addAccount()).login, enrolmentCode })
  const response = await server.call({ method: 'POST', url: '/v1/sign-in', payload })
  return { ...response.json(), deviceId: payload.device.id, status: response.statusCode }
}

test('the first PC of an office comes in with a code from the command line', async () => {
  const answer = await run('enrolment-code', '', { district: '11680', note: '첫 PC' })
  expect(answer).toMatchObject({ ok: true, text: expect.stringContaining('For one PC') })
  const [code = ''] = answer.text.split('\n')
  expect((await signIn(code)).status).toBe(200)
  expect(await run('enrolment-code', '', { district: '999' })).toMatchObject({ ok: false })
})

test('a capsule that was found on a PC is brought in from a file, and says in words what became of it', async () => {
  const [code = ''] = (await run('enrolment-code', '', { district: '11680' })).text.split('\n')
  const desk = await signIn(code)
  const file = (name: string, content: string | Buffer) => {
    writeFileSync(path.join(dir, name), content)
    return path.join(dir, name)
  }
  const found = file('rescue.capsule', makeCapsule(desk, [createTestOutbox(desk).register()]))
  const words = { ok: true, text: 'PC-7: 1 commands: 1 applied, 0 were there, 0 refused, 0 damaged.' }
  expect([await run('bring-capsule', found), await run('bring-capsule', found)]).toEqual([words, words])
  expect([
    await run('bring-capsule', file('other', 'no capsule')),
    await run('bring-capsule', path.join(dir, 'nowhere'))
  ]).toEqual([
    { ok: false, text: 'This is no capsule, or it is damaged.' },
    { ok: false, text: 'The file cannot be read.' }
  ])
})

test('the folder of a PC brings its commands, its documents and their pieces; pieces that come later complete them', async () => {
  const [code = ''] = (await run('enrolment-code', '', { district: '11680' })).text.split('\n')
  const desk = await signIn(code)
  const register = createTestOutbox(desk).register()
  const { command, pieces } = makeDocument(desk, register.caseId)
  const folder = path.join(dir, '2026-11680')
  mkdirSync(path.join(folder, 'rescue.chunks'), { recursive: true })
  writeFileSync(path.join(folder, 'rescue.capsule'), makeCapsule(desk, [register]))
  writeFileSync(path.join(folder, 'rescue.documents'), makeCapsule(desk, [command]))
  const [[firstName, firstPiece] = ['', Buffer.alloc(0)], ...others] = pieces
  const putPiece = (name: string, piece: Buffer) => writeFileSync(path.join(folder, 'rescue.chunks', name), piece)
  putPiece(firstName, firstPiece.subarray(1))
  for (const [name, piece] of others) putPiece(name, piece)
  const commands = (fate: string) => `PC-7: 1 commands: ${fate}, 0 refused, 0 damaged.`
  expect(await run('bring-capsule', folder)).toEqual({
    ok: true,
    text: [
      commands('1 applied, 0 were there'),
      'PC-7: 0 commands and 1 documents: 0 applied, 0 were there, 0 refused, 0 damaged. Documents wait for pieces: bring the folder that has them, or release what is here.'
    ].join('\n')
  })
  putPiece(firstName, firstPiece)
  expect(await run('bring-capsule', path.join(folder, 'rescue.documents'))).toEqual({
    ok: true,
    text: 'PC-7: 0 commands and 1 documents: 1 applied, 0 were there, 0 refused, 0 damaged.'
  })
  const empty = path.join(dir, 'empty')
  mkdirSync(empty)
  expect(await run('bring-capsule', empty)).toEqual({ ok: false, text: 'The file cannot be read.' })
})
