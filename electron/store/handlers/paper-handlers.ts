import { mayGivePaper, signsPapers } from '#shared/domain/account/paper-rights.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Contract, ParsedRequestOf } from '#shared/ipc/contract.ts'
import type { GivenPaper, PAPER_METHODS, WantedPaper } from '#shared/ipc/paper-methods.ts'
import { officialTime } from '#shared/papers/official-text.ts'
import type { Paper } from '#shared/papers/paper.ts'
import { hexOf } from '#shared/signed-file/statement.ts'
import { batchCopiesResponseSchema } from '#shared/sync-protocol/batch-copies.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import type { Handlers } from '../port/door.ts'
import { certificatePaper, registerPaper, requestPaper } from '../queries/destruction-papers.ts'
import { staffNames } from '../staff/staff.ts'
import { askCentre, centreFailure } from './ask-centre.ts'
import type { DeskWork } from './desk-work.ts'
import { signFile } from './sign-file.ts'
import { type HandlerDeps, withAsyncWork } from './work-door.ts'

export function paperHandlers(deps: HandlerDeps): Pick<Handlers, keyof typeof PAPER_METHODS> {
  return {
    'paper.give': withAsyncWork(deps, (work, request: ParsedRequestOf<'paper.give'>) => givePaper(deps, work, request))
  }
}

type Failure = NonNullable<Contract['paper.give']['failure']>

async function givePaper(
  deps: HandlerDeps,
  work: DeskWork,
  { paper: wanted, purpose, password }: ParsedRequestOf<'paper.give'>
): Promise<Result<GivenPaper, Failure>> {
  const { role } = work.actor
  if (!mayGivePaper(role, wanted.kind) || signsPapers(role) !== (password !== null))
    return err({ type: 'PaperNotAllowed' })
  const printNo = printNumber(deps)
  const made = await makePaper(deps, work, wanted)
  if (!made.ok) return made
  const number = made.value.number ?? printNo
  const printedBy = staffNames(work.db)[work.actor.id] ?? ''
  const note = { printedBy, printNo, printedAt: officialTime(deps.now()) }
  const content = await deps.printPaper({ ...made.value.paper, note })
  if (content === null) return err({ type: 'PaperNotPrinted' })
  const file = { format: 'pdf', content, kind: wanted.kind, number } as const
  const given = password === null ? ok(content) : await signFile(deps, work, { file, password })
  if (!given.ok) return given
  if (deps.work() !== work) return err({ type: 'Locked' }) // somebody else sits here by now
  work.record({
    act: 'print',
    caseIds: [],
    detail: {
      paper: wanted.kind,
      number,
      printNo,
      ...('batchId' in wanted && { batchId: wanted.batchId }),
      sha256: hexOf(nodeCipher.sha256(given.value))
    },
    reason: purpose
  })
  return ok({ number, name: `${made.value.paper.title} ${number}.pdf`, content: given.value })
}

/** 출력번호: by it the line of the access log is found that says who gave the paper out. */
function printNumber({ now, newId }: HandlerDeps): string {
  const at = now()
  return `${koreanDayOf(at).replaceAll('-', '')}-${newId().slice(-8)}`
}

async function makePaper(
  deps: HandlerDeps,
  work: DeskWork,
  wanted: WantedPaper
): Promise<Result<{ readonly number: string | null; readonly paper: Paper }, Failure>> {
  switch (wanted.kind) {
    case 'destruction_request': {
      const paper = requestPaper(work.db, deps, { batchId: wanted.batchId, request: null })
      return paper.ok ? ok({ number: null, paper: paper.value }) : paper
    }
    case 'destruction_register':
      return ok({ number: null, paper: registerPaper(work.db, deps, work.actor.districtCode) })
    case 'destruction_certificate':
      return await makeCertificate(deps, work, wanted.batchId)
    default:
      return assertNever(wanted)
  }
}

/** What stands in the way of it is told before the centre is asked. */
async function makeCertificate(deps: HandlerDeps, work: DeskWork, batchId: string): ReturnType<typeof makePaper> {
  const { db, actor } = work
  const confirmed = { batchId, officerId: actor.id }
  const possible = certificatePaper(db, deps, { ...confirmed, copies: [], verification: null })
  if (!possible.ok) return possible
  const path = `destruction/copies?batchId=${batchId}`
  const answer = await askCentre(deps, work, { path, answer: batchCopiesResponseSchema })
  if (!answer.ok) return err(centreFailure(answer.error))
  const [batch] = answer.value.batches
  if (batch === undefined) return err({ type: 'NotThere' })
  if (batch.state !== 'completed') return err({ type: 'BatchNotCompleted', state: batch.state })
  return certificatePaper(db, deps, { ...confirmed, copies: batch.copies, verification: batch.verification })
}
