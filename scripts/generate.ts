// npm run generate: puts invented cases into a centre, a desk's store or a file (generate.usage.txt).

import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { createCaseGenerator, demoStaffIds } from '#shared/domain/demo/case-generator.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { OpenFailure } from '../electron/store/db/database.ts'
import { type GenerateArguments, readArguments } from './generate/arguments.ts'
import { type CentreProblem, intoCentre, type StaffByDistrict } from './generate/into-centre.ts'
import { intoFile } from './generate/into-file.ts'
import { intoStore } from './generate/into-store.ts'
import { usageOf } from './usage.mjs'

const EXIT_USAGE = 2
const REPORT_EVERY = 10_000

const wanted = readArguments(process.argv.slice(2), koreanDayOf(new Date().toISOString()))
if (wanted.ok) await generate(wanted.value)
else fail(`${wanted.error.message}\n\n${usageOf(import.meta.filename)}`)

async function generate(job: GenerateArguments): Promise<void> {
  const started = performance.now()
  const problem = await putInto(job)
  if (problem !== null) return fail(`${problem}\n`)
  const seconds = (performance.now() - started) / 1000
  process.stdout.write(`${job.cases} cases of seed ${job.seed} in ${seconds.toFixed(1)} s\n`)
}

/** Null when all is done, or what the person should do about it. */
async function putInto(job: GenerateArguments): Promise<string | null> {
  const { target } = job
  switch (target.type) {
    case 'Centre': {
      const put = await intoCentre({ ...target, env: process.env, records: (staff) => recordsOf(job, staff) })
      return put.ok ? null : problemText(put.error)
    }
    case 'Store': {
      const put = intoStore(target, recordsOf(job, new Map()))
      return put.ok ? null : problemText(put.error)
    }
    case 'File':
      try {
        await intoFile(target.file, recordsOf(job, new Map()))
        return null
      } catch (fault) {
        if (fault instanceof Error && 'code' in fault) return `The file cannot be written: ${fault.code}.`
        throw fault
      }
    default:
      return assertNever(target)
  }
}

type Problem = CentreProblem | OpenFailure

function problemText(problem: Problem): string {
  switch (problem.type) {
    case 'ConfigInvalid':
      return problem.message
    case 'CasesAlreadyThere':
      return 'Cases of this seed are there already: choose another --seed.'
    case 'CentreUnreachable':
      return `The database does not answer or does not let us in (${problem.code}): check --into or DATABASE_URL, and KEYS_DATABASE_URL.`
    case 'CentreKeysWrong':
      return 'The master key or the keys database is another centre’s: check MNK_MASTER_KEY and KEYS_DATABASE_URL.'
    case 'KeyWrong':
      return 'The key does not open this store: check --key, or name a new file with --store.'
    case 'FileTruncated':
    case 'FileDamaged':
      return 'The file is damaged or no store: name a new file with --store.'
    case 'FileFromFuture':
      return 'A newer program made this store: name a new file with --store.'
    case 'FileMissing':
      return 'The store was taken away meanwhile: try again.'
    case 'DiskFull':
      return 'The disk is full: make room and try again.'
    default:
      return assertNever(problem)
  }
}

function* recordsOf(job: GenerateArguments, staff: StaffByDistrict): Generator<CaseRecord> {
  const make = createCaseGenerator({
    seed: job.seed,
    today: job.today,
    count: job.cases,
    districtCodes: job.districtCodes,
    staffOf: (districtCode) => staff.get(districtCode) ?? demoStaffIds(districtCode)
  })
  for (let index = 0; index < job.cases; index += 1) {
    if (index > 0 && index % REPORT_EVERY === 0) process.stderr.write(`${index} of ${job.cases}\n`)
    yield make(index)
  }
}

function fail(message: string): void {
  process.stderr.write(message)
  process.exitCode = EXIT_USAGE
}
