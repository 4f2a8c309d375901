import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { createCaseGenerator, demoStaffIds } from '#shared/domain/demo/case-generator.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { createBulkLoader } from '../../electron/store/db/case-rows.ts'
import { openStoreDb, type StoreDb } from '../../electron/store/db/database.ts'
import { nodeCipher } from '../../electron/store/keys/node-crypto.ts'
import { round, say } from './measure.ts'

export const DISTRICT = '11680'
const TODAY = '2026-11-20'

/** Invented cases of one district by index, the oldest first. */
export const recordsOf = ({ seed, cases }: { seed: number; cases: number }): ((index: number) => CaseRecord) =>
  createCaseGenerator({ seed, districtCodes: [DISTRICT], today: TODAY, count: cases, staffOf: demoStaffIds })

export interface BenchStore {
  readonly db: StoreDb
  readonly file: string
  readonly key: Uint8Array
  readonly recordOf: (index: number) => CaseRecord
  readonly built: Readonly<Record<string, number>>
  /** Opens the file anew, as a start of the desk does. */
  reopen(): StoreDb
  remove(): void
}

const BATCH = 1000

/** An encrypted store with that many cases, through the bulk loader; the making of the cases is not in the figures. */
export function buildStore({ seed, cases }: { seed: number; cases: number }): BenchStore {
  const dir = mkdtempSync(join(tmpdir(), 'mnk-bench-'))
  const file = join(dir, 'store.db')
  const key = nodeCipher.randomBytes(32)
  const addon = process.env.MNK_SQLITE_ADDON
  const open = (): StoreDb =>
    expectOk(openStoreDb({ file, key, create: true, ...(addon === undefined ? {} : { nativeBinding: addon }) }))
  let db = open()
  const recordOf = recordsOf({ seed, cases })
  const built = load(db, recordOf, cases)
  return {
    get db() {
      return db
    },
    file,
    key,
    recordOf,
    built: { ...built, ...sizesOf(db, cases), fileMB: round(statSync(file).size / 1e6) },
    reopen: () => {
      db.close()
      db = open()
      return db
    },
    remove: () => {
      db.close()
      rmSync(dir, { recursive: true })
    }
  }
}

function load(db: StoreDb, recordOf: (index: number) => CaseRecord, cases: number) {
  const loader = createBulkLoader(db)
  let milliseconds = 0
  let peak = 0
  const used = process.cpuUsage()
  let making = 0
  for (let from = 0; from < cases; from += BATCH) {
    const makingFrom = process.cpuUsage()
    const records = Array.from({ length: Math.min(BATCH, cases - from) }, (_, at) => recordOf(from + at))
    making += cpuSeconds(makingFrom)
    const started = performance.now()
    for (const record of records) loader.add(record)
    milliseconds += performance.now() - started
    if ((from / BATCH) % 100 === 99) say(`  ${from + BATCH} of ${cases} cases`)
    peak = Math.max(peak, process.memoryUsage().rss)
  }
  const started = performance.now()
  loader.finish()
  milliseconds += performance.now() - started
  return {
    loadSeconds: round(milliseconds / 1000),
    loadCasesPerSecond: round(cases / (milliseconds / 1000)),
    loadCasesPerCpuSecond: round(cases / (cpuSeconds(used) - making)),
    loadPeakRssMB: round(peak / 1e6)
  }
}

function cpuSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1e6
}

function sizesOf(db: StoreDb, cases: number): Record<string, number> {
  const bytesOf = (table: string): number =>
    db.pluck<number>('SELECT sum(pgsize) FROM dbstat WHERE name = ?', table) ?? 0
  return {
    indexBytesPerCase: round((bytesOf('search_blocks') + bytesOf('search_recent')) / cases),
    listBytesPerCase: round((bytesOf('case_facts') + bytesOf('case_name_keys') + bytesOf('case_number_keys')) / cases),
    rowBytesPerCase: round((bytesOf('cases') + bytesOf('sqlite_autoindex_cases_1')) / cases),
    bodyBytesPerCase: round(bytesOf('case_bodies') / cases)
  }
}
