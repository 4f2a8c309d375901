import { assertNever } from '#shared/foundation/assert-never.ts'
import type { HashDep } from '#shared/foundation/deps.ts'
import { type Anchor, anchorMessage, readAnchor } from './anchor.ts'
import { nextDigest } from './chain-digest.ts'
import {
  type ExportedLine,
  type ExportHead,
  type ExportLine,
  exportMessage,
  nextChecksum,
  readExportLine
} from './export-format.ts'
import type { LineMark } from './judge-line.ts'

/** What is wrong with an exported access log. */
export type ExportFault =
  /** A line of the file is none of an export, or stands where it may not. */
  | { readonly type: 'Unreadable'; readonly line: number }
  /** The file does not come to its end. */
  | { readonly type: 'Unfinished' }
  /** The file was altered after it was written. */
  | { readonly type: 'ChecksumWrong' }
  /** Its signature, or that of one of its anchors, is not of the key that it names. */
  | { readonly type: 'SignatureWrong' }
  | { readonly type: 'AnchorSignatureWrong'; readonly anchor: number }
  /** The anchor before this one is not the one that it names: one was left out, or taken from elsewhere. */
  | { readonly type: 'AnchorMissing'; readonly anchor: number }
  /** At this anchor the centre had fewer lines of a chain than at the one before: its database was set back, or lines taken. */
  | { readonly type: 'LinesTaken'; readonly anchor: number; readonly deviceId: string; readonly chain: string }
  /** Lines of a chain that an anchor counts are not in the file. */
  | {
      readonly type: 'LinesMissing'
      readonly deviceId: string
      readonly chain: string
      readonly missing: number
    }
  /** The lines of a chain are others than those that this anchor counts. */
  | { readonly type: 'LinesAltered'; readonly anchor: number; readonly deviceId: string; readonly chain: string }
  /** A line that no anchor counts, or that is not where it was counted. */
  | { readonly type: 'LineOutOfPlace'; readonly line: number; readonly deviceId: string; readonly chain: string }

export interface ExportVerdict {
  readonly head: ExportHead | null
  readonly faults: readonly ExportFault[]
  /** The key that it is signed with; whose it is only the centre can say. */
  readonly publicKey: string | null
  readonly anchors: number
  readonly lines: number
  /** Anchors before which the centre no longer knew the one that it had. */
  readonly unknownBefore: readonly number[]
  /** Lines that the centre marked as they came. */
  readonly marked: ReadonlyMap<LineMark, number>
}

export interface ExportCheckDeps extends HashDep {
  readonly verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean
}

export interface ExportCheck {
  take(text: string): void
  end(): ExportVerdict
}

interface Counted {
  readonly anchor: number
  readonly lines: number
  readonly digest: string
}

interface ChainState {
  place: number
  digest: Uint8Array
  /** What the anchors count of it, in their order. */
  readonly counted: Counted[]
}

/** Checks an export from the file alone, line by line, in the memory of its anchors. */
export function createExportCheck(deps: ExportCheckDeps): ExportCheck {
  const faults: ExportFault[] = []
  const anchors: Array<{ readonly anchor: Anchor; readonly body: string; readonly signature: string }> = []
  const chains = new Map<string, ChainState>()
  const marked = new Map<LineMark, number>()
  let head: ExportHead | null = null
  let end: Extract<ExportLine, { type: 'end' }> | null = null
  let checksum: Uint8Array = new Uint8Array(32)
  let checksumAtEnd = ''
  let [no, lines] = [0, 0]

  const takeAnchor = (line: Extract<ExportLine, { type: 'anchor' }>): void => {
    const anchor = readAnchor(line.body)
    if (anchor === null || lines > 0 || anchor.districtCode !== head?.districtCode) {
      faults.push({ type: 'Unreadable', line: no })
      return
    }
    const previous = anchors.at(-1)
    if (previous !== undefined) faults.push(...linkFaults(deps, previous, anchor))
    anchors.push({ ...line, anchor })
    const isStart = previous === undefined && head.goesOn === 'anchor'
    for (const { deviceId, chain, lines: count, digest } of anchor.chains) {
      const state = chains.get(`${deviceId}/${chain}`) ?? { place: 0, digest: new Uint8Array(32), counted: [] }
      chains.set(`${deviceId}/${chain}`, state)
      if (isStart) Object.assign(state, { place: count, digest: bytesOf(digest) })
      else state.counted.push({ anchor: anchor.no, lines: count, digest })
    }
  }
  const takeLine = (line: ExportedLine): void => {
    lines += 1
    for (const mark of line.marks) marked.set(mark, (marked.get(mark) ?? 0) + 1)
    const state = chains.get(`${line.deviceId}/${line.chain}`)
    if (state === undefined || line.place !== state.place + 1 || line.place > mostCounted(state)) {
      faults.push({ type: 'LineOutOfPlace', line: no, deviceId: line.deviceId, chain: line.chain })
      return
    }
    const reckoned = deps.sha256(bytesOf(line.previousHash), line.body)
    state.place = line.place
    state.digest = nextDigest(deps, state.digest, { hash: bytesOf(line.hash), reckoned })
    const other = state.counted.find(({ lines: count, digest }) => count === line.place && digest !== hex(state.digest))
    if (other === undefined) return
    faults.push({ type: 'LinesAltered', anchor: other.anchor, deviceId: line.deviceId, chain: line.chain })
  }
  const take = (text: string): void => {
    no += 1
    const line = readExportLine(text)
    if (line === null || end !== null || (line.type === 'export') !== (no === 1)) {
      faults.push({ type: 'Unreadable', line: no })
    } else if (line.type === 'export') head = line
    else if (line.type === 'anchor') takeAnchor(line)
    else if (line.type === 'line') takeLine(line)
    else if (line.type === 'end') [end, checksumAtEnd] = [line, hex(checksum)]
    else assertNever(line)
    checksum = nextChecksum(deps, checksum, text)
  }
  return {
    take,
    end: () => ({
      head,
      faults: [
        ...faults,
        ...missingLines(chains),
        ...(end === null ? [{ type: 'Unfinished' } as const] : endFaults(deps, end, { checksumAtEnd, lines, anchors }))
      ],
      publicKey: end?.publicKey ?? null,
      anchors: anchors.length,
      lines,
      unknownBefore: anchors.flatMap(({ anchor }) => (anchor.previous.type === 'unknown' ? [anchor.no] : [])),
      marked
    })
  }
}

type Kept = { readonly anchor: Anchor; readonly body: string; readonly signature: string }

/** A number that was left out because the database of the anchors was set back is no fault: the anchor says so itself. */
function linkFaults({ sha256 }: HashDep, { anchor: before, body }: Kept, anchor: Anchor): ExportFault[] {
  const { previous } = anchor
  const isNext = previous.type === 'anchor' && anchor.no === before.no + 1 && previous.hash === hex(sha256(body))
  const isAfterUnknown = previous.type === 'unknown' && anchor.no === previous.no + 1 && anchor.no > before.no
  const now = new Map(anchor.chains.map((chain) => [`${chain.deviceId}/${chain.chain}`, chain.lines]))
  const taken = before.chains.filter((chain) => (now.get(`${chain.deviceId}/${chain.chain}`) ?? 0) < chain.lines)
  return [
    ...(isNext || isAfterUnknown ? [] : [{ type: 'AnchorMissing', anchor: anchor.no } as const]),
    ...taken.map(({ deviceId, chain }) => ({ type: 'LinesTaken', anchor: anchor.no, deviceId, chain }) as const)
  ]
}

const mostCounted = ({ counted }: ChainState): number => Math.max(0, ...counted.map(({ lines }) => lines))

function missingLines(chains: ReadonlyMap<string, ChainState>): ExportFault[] {
  return [...chains].flatMap(([name, state]) => {
    const missing = mostCounted(state) - state.place
    const [deviceId = '', chain = ''] = name.split('/')
    return missing > 0 ? [{ type: 'LinesMissing', deviceId, chain, missing } as const] : []
  })
}

function endFaults(
  { verify }: ExportCheckDeps,
  end: Extract<ExportLine, { type: 'end' }>,
  found: { readonly checksumAtEnd: string; readonly lines: number; readonly anchors: readonly Kept[] }
): ExportFault[] {
  const publicKey = bytesOf(end.publicKey)
  const isWhole = end.checksum === found.checksumAtEnd && end.lines === found.lines
  const isSigned = verify(publicKey, exportMessage(end.checksum), bytesOf(end.signature))
  const unsigned = found.anchors.filter(
    ({ body, signature }) => !verify(publicKey, anchorMessage(body), bytesOf(signature))
  )
  return [
    ...(isWhole ? [] : [{ type: 'ChecksumWrong' } as const]),
    ...(isSigned ? [] : [{ type: 'SignatureWrong' } as const]),
    ...unsigned.map(({ anchor }) => ({ type: 'AnchorSignatureWrong', anchor: anchor.no }) as const)
  ]
}

const hex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const bytesOf = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length / 2 }, (_, at) => Number.parseInt(text.slice(at * 2, at * 2 + 2), 16))
