import type { ReportResult } from '#shared/domain/report/report.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ReportTrouble } from '#shared/ipc/report-views.ts'
import type { Paper } from '#shared/papers/paper.ts'
import { readyToSign, readyTrailer, type SignedAbout, trailerBytes } from '#shared/signed-file/signed-file.ts'
import type { ReportLine } from '#shared/sync-protocol/report-lines.ts'
import { storeFailureOf } from '../db/sqlite-failure.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import type { Signature } from '../session/sign-here.ts'
import { createEncryptedFile } from './compound-file.ts'
import { createPartFile, type FilePlace, type PartFile } from './part-file.ts'
import { readReportPaper } from './report-paper.ts'
import { type Progress, type ReportHead, RowsCutError, TooManyRowsError } from './report-rows.ts'
import { writeReportSheets } from './report-sheets.ts'
import { createWorkbook } from './workbook.ts'
import { createZipStream } from './zip-stream.ts'

export interface ExportDeps {
  readonly place: FilePlace
  readonly head: ReportHead
  /** null: the file is not encrypted. */
  readonly filePassword: string | null
  readonly about: SignedAbout
  /** null: it could not be printed. */
  readonly printPaper: (paper: Paper) => Promise<Uint8Array | null>
  /** null: she cannot sign any more. */
  readonly sign: (messageFor: (publicKey: Uint8Array) => Uint8Array) => Promise<Signature | null>
  /** False: the centre did not take it. */
  readonly register: (result: ReportResult) => Promise<boolean>
  /** The register has it, and its place did not take it after all. */
  readonly withdraw: () => Promise<unknown>
  readonly isStopped: () => boolean
  readonly onProgress: (progress: Progress & { readonly bytes: number }) => void
}

type Ended = Result<ReportResult, { type: 'Stopped' } | { type: 'Failed'; trouble: ReportTrouble }>

/**
 * Writes a report to its place: rows, cover, signature. The file is there once the centre has its checksums in the
 * register; whatever happens before, nothing of it is left.
 */
export async function exportReport(deps: ExportDeps, lines: AsyncGenerator<ReportLine>): Promise<Ended> {
  let file: PartFile | null = null
  try {
    file = await createPartFile(deps.place)
    const written = await writeFile(deps, file, lines)
    if (!written.ok) return written
    if (deps.isStopped()) return err({ type: 'Stopped' })
    if (!(await deps.register(written.value))) return err({ type: 'Failed', trouble: 'not_registered' })
    await file.settle().catch(async (fault: unknown) => {
      await deps.withdraw()
      throw fault
    })
    file = null
    return written
  } catch (fault) {
    if (fault instanceof StoppedError) return err({ type: 'Stopped' })
    const trouble = troubleOf(fault)
    if (trouble === null) throw fault
    return deps.isStopped() ? err({ type: 'Stopped' }) : err({ type: 'Failed', trouble })
  } finally {
    await lines.return(undefined)
    await file?.abandon()
  }
}

class StoppedError extends Error {}

const writeFile = (deps: ExportDeps, file: PartFile, lines: AsyncGenerator<ReportLine>): Promise<Ended> =>
  deps.head.order.format === 'pdf' ? writePdf(deps, file, lines) : writeWorkbook(deps, file, lines)

/** A paper has few rows, so it is held as a whole. */
async function writePdf(deps: ExportDeps, file: PartFile, lines: AsyncGenerator<ReportLine>): Promise<Ended> {
  const onProgress = (progress: Progress): void => {
    if (deps.isStopped()) throw new StoppedError()
    deps.onProgress({ ...progress, bytes: 0 })
  }
  const { paper, read } = await readReportPaper({ head: deps.head, onProgress }, lines)
  const content = await deps.printPaper(paper)
  if (content === null) return err({ type: 'Failed', trouble: 'not_printed' })
  const ready = readyToSign(nodeCipher, { format: 'pdf', content, about: deps.about })
  const signature = await deps.sign(ready.messageFor)
  if (signature === null) return err({ type: 'Failed', trouble: 'not_signed' })
  await file.append(ready.signed({ ...signature, publicKey: Buffer.from(signature.publicKey, 'base64') }))
  const fileDigest = await file.seal()
  return ok({ rows: read.rows, rowsDigest: read.digest, fileDigest, fileBytes: file.size() })
}

async function writeWorkbook(deps: ExportDeps, file: PartFile, lines: AsyncGenerator<ReportLine>): Promise<Ended> {
  const sealed = deps.filePassword === null ? null : await createEncryptedFile(file, deps.filePassword)
  const append = sealed?.append ?? file.append
  const signed = nodeCipher.hashing()
  const zip = createZipStream(async (bytes) => {
    if (deps.isStopped()) throw new StoppedError()
    signed.take(bytes)
    await append(bytes)
  })
  const onProgress = (progress: Progress): void => deps.onProgress({ ...progress, bytes: file.size() })
  const rows = await writeReportSheets({ workbook: createWorkbook(zip), head: deps.head, onProgress }, lines)
  await zip.end(trailerBytes(deps.about))
  const trailer = readyTrailer(nodeCipher, { sha256: hex(signed.digest()), about: deps.about })
  const signature = await deps.sign(trailer.messageFor)
  if (signature === null) return err({ type: 'Failed', trouble: 'not_signed' })
  const publicKey = Buffer.from(signature.publicKey, 'base64')
  await append(trailer.lineOf({ publicKey, signature: signature.signature }))
  await sealed?.end()
  const fileDigest = await file.seal()
  return ok({ rows: rows.rows, rowsDigest: rows.digest, fileDigest, fileBytes: file.size() })
}

/** null: a fault of the program. */
function troubleOf(fault: unknown): ReportTrouble | null {
  if (fault instanceof RowsCutError) return 'line_cut'
  if (fault instanceof TooManyRowsError) return 'too_many'
  if (storeFailureOf(fault) === 'disk_full') return 'disk_full'
  const isOfTheDisk = fault instanceof Error && 'code' in fault && 'syscall' in fault
  return isOfTheDisk ? 'place' : null
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
