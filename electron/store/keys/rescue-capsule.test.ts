import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Command } from '#shared/commands/command.ts'
import { parseCapsule, readCommands, unwrapAtCentre } from '#shared/sync-protocol/capsule.ts'
import type { RescueTerms } from '#shared/sync-protocol/rescue-terms.ts'
import { nodeCipher } from './node-crypto.ts'
import {
  type CapsuleOpener,
  createRescueCapsule,
  leaveCapsuleToCentre,
  openRescueCapsule,
  peekRescueCapsule,
  type RescueCapsule,
  readRescueCapsule
} from './rescue-capsule.ts'
import { sealedBoxes } from './sodium.ts'

const STORE_ID = '01930a5c-0000-7000-8000-000000000001'
const DEVICE_ID = '01930a5c-0000-7000-8000-00000000000c'
const device: CapsuleOpener = { kind: 'device', secret: nodeCipher.randomBytes(32) }
const centre: CapsuleOpener = { kind: 'centre', secret: nodeCipher.randomBytes(32) }

const centreKeys = sealedBoxes.keysOf(nodeCipher.randomBytes(32))
const ticket = nodeCipher.randomBytes(32)
const RESCUE: RescueTerms = {
  publicKey: Buffer.from(centreKeys.publicKey).toString('base64'),
  ticket: Buffer.from(ticket).toString('base64')
}

let dir = ''
let file = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'mnk-capsule-'))
  file = join(dir, 'rescue.capsule')
  createRescueCapsule({ file, storeId: STORE_ID, deviceId: DEVICE_ID, openers: [device, centre], rescue: RESCUE })
})
afterEach(() => rmSync(dir, { recursive: true }))

const command = (deviceSeq: number): Command => ({
  id: `01930a5c-0000-7000-8000-${String(deviceSeq).padStart(12, '0')}`,
  caseId: '01930a5c-0000-7000-8000-00000000000a',
  base: { state: 1 },
  issuedAt: '2026-11-23T02:00:00.000Z',
  issuedBy: '01930a5c-0000-7000-8000-00000000000b',
  deviceId: DEVICE_ID,
  deviceSeq,
  name: 'case.move',
  args: { to: 'withdrawn', reason: '신청인 김민수 철회' }
})

function open(opener: CapsuleOpener): RescueCapsule {
  const capsule = openRescueCapsule({ file, opener })
  if (capsule === null) throw new Error('the capsule does not open')
  return capsule
}

const fill = (...seqs: number[]): void => {
  const capsule = open(device)
  for (const seq of seqs) capsule.append(command(seq))
  capsule.close()
}

test.each([device, centre])('unsent commands come back with the share of the $kind', (opener) => {
  fill(1, 2)
  fill(3)
  expect(readRescueCapsule({ file, opener })).toEqual({
    commands: [command(1), command(2), command(3)],
    unreadable: 0,
    lastDeviceSeq: 3
  })
})

test('an emptied capsule gives nothing back and goes on', () => {
  fill(1, 2)
  const capsule = open(device)
  capsule.hold({ commands: [], lastDeviceSeq: 2 })
  expect(peekRescueCapsule(file)).toEqual({
    storeId: STORE_ID,
    deviceId: DEVICE_ID,
    commands: 0,
    sealedTo: RESCUE.publicKey
  })
  capsule.append(command(3))
  capsule.close()
  expect(readRescueCapsule({ file, opener: centre }).commands).toEqual([command(3)])
})

test('what was added is taken out again where its transaction was not committed', () => {
  fill(1)
  const capsule = open(device)
  capsule.append(command(2))()
  const takeBack = capsule.append(command(2))
  capsule.append(command(3))
  takeBack() // no more: another lies behind it
  capsule.close()
  expect(readRescueCapsule({ file, opener: device }).commands).toEqual([command(1), command(2), command(3)])
})

test('a capsule that fell behind is filled up, and remembers the numbers given out', () => {
  fill(1)
  const capsule = open(device)
  capsule.hold({ commands: [command(1), command(2)], lastDeviceSeq: 9 })
  capsule.hold({ commands: [command(1), command(2)], lastDeviceSeq: 9 })
  capsule.close()
  const full = readRescueCapsule({ file, opener: device })
  expect(full).toEqual({ commands: [command(1), command(2)], unreadable: 0, lastDeviceSeq: 9 })
  expect(peekRescueCapsule(file)?.commands).toBe(2)
})

test('what was sent lies in it no more while something else is still there, and it goes on', () => {
  fill(1, 2, 3)
  const before = readFileSync(file).length
  const capsule = open(device)
  capsule.hold({ commands: [command(2)], lastDeviceSeq: 3 })
  expect(readFileSync(file).length).toBeLessThan(before)
  expect(readRescueCapsule({ file, opener: centre })).toEqual({
    commands: [command(2)],
    unreadable: 0,
    lastDeviceSeq: 3
  })
  capsule.append(command(4))
  capsule.close()
  expect(readAtCentre()).toMatchObject({ commands: [command(2), command(4)], unreadable: 0, lastDeviceSeq: 4 })
})

test('a store that was set back costs no command that it never knew', () => {
  fill(1, 2, 3)
  const capsule = open(device)
  capsule.hold({ commands: [], lastDeviceSeq: 2 })
  capsule.close()
  expect(readRescueCapsule({ file, opener: device }).commands).toEqual([command(3)])
})

test('a record that a crash cut short costs that record alone', () => {
  fill(1, 2)
  const whole = readFileSync(file)
  for (let cut = 1; cut <= 60; cut += 7) {
    writeFileSync(file, whole)
    truncateSync(file, whole.length - cut)
    fill(5)
    expect(readRescueCapsule({ file, opener: device }).commands).toEqual([command(1), command(5)])
  }
})

test('of two commands with one number the later counts: the commit of the earlier failed', () => {
  const again = { ...command(2), id: '01930a5c-0000-7000-8000-0000000000ff' }
  const capsule = open(device)
  for (const each of [command(1), command(2), again, command(3)]) capsule.append(each)
  capsule.close()
  expect(readRescueCapsule({ file, opener: device }).commands).toEqual([command(1), again, command(3)])
})

test('a damaged record is counted, the others come back', () => {
  fill(1, 2, 3)
  const bytes = readFileSync(file)
  const second = bytes.indexOf('\n') + 1 + 4 + bytes.readUInt32BE(bytes.indexOf('\n') + 1)
  bytes.writeUInt8(bytes.readUInt8(second + 40) ^ 1, second + 40)
  writeFileSync(file, bytes)
  expect(readRescueCapsule({ file, opener: device })).toEqual({
    commands: [command(1), command(3)],
    unreadable: 1,
    lastDeviceSeq: 3
  })
})

test('nobody else reads it: another secret opens nothing, and nothing of a command stands in the file', () => {
  fill(1)
  const stranger: CapsuleOpener = { kind: 'device', secret: nodeCipher.randomBytes(32) }
  expect(openRescueCapsule({ file, opener: stranger })).toBeNull()
  expect(readRescueCapsule({ file, opener: stranger })).toEqual({ commands: [], unreadable: 1, lastDeviceSeq: 0 })
  expect(openRescueCapsule({ file, opener: { kind: 'centre', secret: device.secret } })).toBeNull()
  const text = readFileSync(file)
  for (const word of ['김민수', 'case.move', 'withdrawn']) expect(text.includes(word)).toBe(false)
})

test('no capsule, no commands', () => {
  rmSync(file)
  expect([peekRescueCapsule(file), openRescueCapsule({ file, opener: device })]).toEqual([null, null])
})

const readAtCentre = (keys = centreKeys) => {
  const parsed = parseCapsule(readFileSync(file))
  const opened = parsed && unwrapAtCentre(sealedBoxes, keys, parsed.header)
  return parsed && opened && { ticket: opened.ticket, ...readCommands(nodeCipher, opened.key, parsed) }
}

test('the centre opens with its own key what the PC sealed to it, and sees whose ticket lies in it', () => {
  fill(1, 2)
  expect(readAtCentre()).toEqual({
    ticket: new Uint8Array(ticket),
    commands: [command(1), command(2)],
    unreadable: 0,
    lastDeviceSeq: 2
  })
  expect(readAtCentre(sealedBoxes.keysOf(nodeCipher.randomBytes(32)))).toBeNull()
})

test('a capsule that is left to the centre opens there, and no longer with the secret of the PC', () => {
  fill(1, 2)
  for (let i = 0; i < 2; i += 1) leaveCapsuleToCentre({ file, deviceSecret: device.secret, rescue: RESCUE })
  expect(readRescueCapsule({ file, opener: device })).toMatchObject({ commands: [], unreadable: 2 })
  expect(readRescueCapsule({ file, opener: centre })).toMatchObject({ commands: [command(1), command(2)] })
  expect(readAtCentre()).toMatchObject({ commands: [command(1), command(2)] })
})

test('one that was never sealed to a centre is, when it is left to it; with no centre known it keeps what opens it', () => {
  createRescueCapsule({ file, storeId: STORE_ID, deviceId: DEVICE_ID, openers: [device], rescue: null })
  fill(1)
  leaveCapsuleToCentre({ file, deviceSecret: device.secret, rescue: null })
  expect(readRescueCapsule({ file, opener: device })).toMatchObject({ commands: [command(1)] })
  leaveCapsuleToCentre({ file, deviceSecret: device.secret, rescue: RESCUE })
  expect(readRescueCapsule({ file, opener: device }).commands).toEqual([])
  expect(readAtCentre()).toMatchObject({ commands: [command(1)] })
})
