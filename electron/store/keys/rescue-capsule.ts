import { closeSync, existsSync, fsyncSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs'
import type { AnyCommand } from '#shared/commands/any-command.ts'
import {
  type CapsuleHeader,
  type CapsuleWrap,
  capsuleHeader,
  countCommands,
  type NumberMark,
  type ParsedCapsule,
  parseCapsule,
  type RescuedCommands,
  readCommands,
  sealRecord,
  wrapForCentre
} from '#shared/sync-protocol/capsule.ts'
import type { RescueTerms } from '#shared/sync-protocol/rescue-terms.ts'
import { writeFileAtomically } from './atomic-file.ts'
import { nodeCipher } from './node-crypto.ts'
import { sealedBoxes } from './sodium.ts'

export type { RescuedCommands }

/**
 * Sealed copies of the unsent commands, in a file beside the store: what was typed survives a store that cannot be
 * opened any more. Any of its wraps is enough: this PC's secret; the share that the centre hands out at sign-in, which is
 * never kept on the PC and outlives a lost OS vault; or the centre itself, to whose public key the third is made.
 */
export interface RescueCapsule {
  /**
   * Adds a command. Call it as the last step inside the command's transaction. A disk that is full throws. What is given
   * back takes it out again: its transaction was not committed, and the person was told so.
   */
  append(command: AnyCommand): () => void
  /**
   * Makes it hold just these: what is missing is added, and what was sent, or whose case is gone, is in it no more. A number
   * that the store never gave stays: then it is the store that was set back.
   */
  hold(unsent: Unsent): void
  /** Closes the file and wipes the key. */
  close(): void
}

/** What the centre has not taken. */
export interface Unsent {
  readonly commands: readonly AnyCommand[]
  /** The highest number that the store gave to a command; null: the numbers only tell the records apart. */
  readonly lastDeviceSeq: number | null
}

/** What opens a capsule on the PC: its own secret or the centre's share. */
export type CapsuleOpener =
  | { readonly kind: 'device'; readonly secret: Uint8Array }
  | { readonly kind: 'centre'; readonly secret: Uint8Array }

export function createRescueCapsule(options: {
  file: string
  storeId: string
  deviceId: string
  openers: readonly CapsuleOpener[]
  /** null: the PC has not met a centre that takes capsules. */
  rescue: RescueTerms | null
}): void {
  const { storeId, deviceId, rescue } = options
  const key = nodeCipher.randomBytes(32)
  const wraps: CapsuleWrap[] = options.openers.map((opener) => ({
    kind: opener.kind,
    sealed: toBase64(nodeCipher.seal(wrapKey(opener, storeId), key, wrapContext(opener, storeId)))
  }))
  if (rescue !== null) wraps.push(wrapForCentre(sealedBoxes, key, rescue))
  key.fill(0)
  writeFileAtomically(options.file, capsuleHeader({ storeId, deviceId, wraps }))
}

/** null: there is no capsule, or it does not open this way. A record that a crash cut short is dropped. */
export function openRescueCapsule(options: { file: string; opener: CapsuleOpener }): RescueCapsule | null {
  const parsed = parseFile(options.file)
  const key = parsed === null ? null : capsuleKey(parsed.header, options.opener)
  if (parsed === null || key === null) return null
  const { header, headerBytes, wholeBytes } = parsed
  let file = openSync(options.file, 'r+')
  ftruncateSync(file, wholeBytes)
  let end = wholeBytes
  const add = (content: AnyCommand | NumberMark): void => {
    const record = sealRecord(nodeCipher, { key, content, storeId: header.storeId })
    writeWhole(file, record, end)
    end += record.length
  }
  const empty = (): void => {
    ftruncateSync(file, headerBytes)
    fsyncSync(file)
    end = headerBytes
  }
  /** Whole or not at all: a file beside takes its place. Windows replaces none that is open. */
  const replace = ({ commands, lastDeviceSeq }: Unsent): void => {
    const records = [...commands, ...markAbove(commands, lastDeviceSeq)].map((content) =>
      sealRecord(nodeCipher, { key, content, storeId: header.storeId })
    )
    const whole = Buffer.concat([readFileSync(options.file).subarray(0, headerBytes), ...records])
    closeSync(file)
    try {
      writeFileAtomically(options.file, whole)
      end = whole.length
    } finally {
      file = openSync(options.file, 'r+')
    }
  }
  const addMissing = (known: RescuedCommands, { commands, lastDeviceSeq }: Unsent): void => {
    const ids = new Set(known.commands.map(({ id }) => id))
    const missing = commands.filter(({ id }) => !ids.has(id))
    for (const command of missing) add(command)
    const reached = [...missing, { deviceSeq: known.lastDeviceSeq }]
    for (const mark of markAbove(reached, lastDeviceSeq)) add(mark)
  }
  return {
    append: (command) => {
      const before = end
      add(command)
      const after = end
      return () => {
        if (end !== after) return // it lies elsewhere in the file by now
        ftruncateSync(file, before)
        end = before
      }
    },
    hold: (unsent) => {
      if (end === headerBytes && unsent.commands.length === 0) return
      const held = parseFile(options.file) ?? parsed
      const known = readCommands(nodeCipher, key, held)
      const commands = [...unsent.commands, ...aheadOf(known, unsent)]
      if (commands.length === 0) empty()
      else if (isMoreThan(held, known, commands)) replace({ ...unsent, commands })
      else addMissing(known, { ...unsent, commands })
    },
    close: () => {
      closeSync(file)
      key.fill(0)
    }
  }
}

/** A mark of the last number, where no command says it. */
const markAbove = (reached: readonly { readonly deviceSeq: number }[], lastDeviceSeq: number | null): NumberMark[] =>
  lastDeviceSeq !== null && reached.every(({ deviceSeq }) => deviceSeq < lastDeviceSeq) ? [{ lastDeviceSeq }] : []

const aheadOf = ({ commands }: RescuedCommands, { lastDeviceSeq }: Unsent): AnyCommand[] =>
  commands.filter(({ deviceSeq }) => lastDeviceSeq !== null && deviceSeq > lastDeviceSeq)

/** Whether something else lies in it: sent since, never committed, or damaged. */
function isMoreThan(held: ParsedCapsule, known: RescuedCommands, commands: readonly AnyCommand[]): boolean {
  const ids = new Set(commands.map(({ id }) => id))
  return countCommands(held) > known.commands.length || known.commands.some(({ id }) => !ids.has(id))
}

/** What a capsule says without a key. null: no capsule. */
export function peekRescueCapsule(
  file: string
): { storeId: string; deviceId: string; commands: number; sealedTo: string | null } | null {
  const parsed = parseFile(file)
  if (parsed === null) return null
  const { storeId, deviceId, wraps } = parsed.header
  const sealedTo = wraps.find((wrap) => wrap.kind === 'public')?.to ?? null
  return { storeId, deviceId, commands: countCommands(parsed), sealedTo }
}

/** The commands of a capsule, as far as this opener opens it. */
export function readRescueCapsule(options: { file: string; opener: CapsuleOpener }): RescuedCommands {
  const parsed = parseFile(options.file)
  if (parsed === null) return { commands: [], unreadable: 0, lastDeviceSeq: 0 }
  const key = capsuleKey(parsed.header, options.opener)
  if (key === null) return { commands: [], unreadable: parsed.records.length, lastDeviceSeq: 0 }
  const read = readCommands(nodeCipher, key, parsed)
  key.fill(0)
  return read
}

/**
 * Leaves a capsule to the centre: sealed to its public key, and no longer to be opened with what lies on the PC. One that
 * cannot be sealed to the centre keeps what opens it, since losing work would be worse. Doing it twice changes nothing.
 */
export function leaveCapsuleToCentre(options: {
  file: string
  deviceSecret: Uint8Array
  rescue: RescueTerms | null
}): void {
  const parsed = parseFile(options.file)
  if (parsed === null) return
  const { header, headerBytes, wholeBytes } = parsed
  const others = header.wraps.filter(({ kind }) => kind !== 'device')
  const isSealed = others.some(({ kind }) => kind === 'public')
  const key = isSealed ? null : capsuleKey(header, { kind: 'device', secret: options.deviceSecret })
  const added = key === null || options.rescue === null ? [] : [wrapForCentre(sealedBoxes, key, options.rescue)]
  key?.fill(0)
  if (!isSealed && added.length === 0) return
  const { storeId, deviceId } = header
  const records = readFileSync(options.file).subarray(headerBytes, wholeBytes)
  const head = Buffer.from(capsuleHeader({ storeId, deviceId, wraps: [...others, ...added] }))
  writeFileAtomically(options.file, Buffer.concat([head, records]))
}

function writeWhole(file: number, record: Uint8Array, at: number): void {
  try {
    let written = 0
    while (written < record.length) {
      written += writeSync(file, record, written, record.length - written, at + written)
    }
    fsyncSync(file)
  } catch (error) {
    ftruncateSync(file, at)
    throw error
  }
}

const parseFile = (file: string): ParsedCapsule | null => (existsSync(file) ? parseCapsule(readFileSync(file)) : null)

function capsuleKey(header: CapsuleHeader, opener: CapsuleOpener): Uint8Array | null {
  const wrap = header.wraps.find(({ kind }) => kind === opener.kind)
  if (wrap === undefined) return null
  return nodeCipher.open(
    wrapKey(opener, header.storeId),
    Buffer.from(wrap.sealed, 'base64'),
    wrapContext(opener, header.storeId)
  )
}

const wrapKey = (opener: CapsuleOpener, storeId: string): Uint8Array =>
  nodeCipher.deriveKey([opener.secret], `mnk rescue wrap 1 ${opener.kind} ${storeId}`)
const wrapContext = (opener: CapsuleOpener, storeId: string): string => `mnk rescue key 1 ${opener.kind} ${storeId}`
const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
