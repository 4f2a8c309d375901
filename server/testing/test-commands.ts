import { v7 as newUuid } from 'uuid'
import type { Command, CommandBase, Intent } from '#shared/commands/command.ts'
import type { Case, CaseField } from '#shared/domain/case/case.ts'
import { type SampleIntake, sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import type { PullLine } from '#shared/sync-protocol/pull.ts'
import type { PushAnswerLine, PushOutcome } from '#shared/sync-protocol/push.ts'
import type { TestDesk } from './test-centre.ts'

/** Writes commands as a desk does: numbered without gaps, under its account. */
export interface TestOutbox {
  register(over?: IntakeChanges): Command & { name: 'case.register' }
  correct(caseId: string, changes: { field: CaseField; value: unknown }[], base?: CommandBase): Command
  move(caseId: string, to: Case['state'], base?: CommandBase): Command
}

export type IntakeChanges = Partial<SampleIntake> & { applicantOver?: Partial<Case['applicant']> }

export function createTestOutbox(desk: Pick<TestDesk, 'account' | 'deviceId'>, lastSeq = 0): TestOutbox {
  let deviceSeq = lastSeq
  const command = <I extends Intent>(caseId: string, intent: I, base: CommandBase = {}): Command & I => {
    deviceSeq += 1
    return {
      id: newUuid(),
      caseId,
      base,
      issuedAt: '2026-11-23T02:00:00.000Z',
      issuedBy: desk.account.id,
      deviceId: desk.deviceId,
      deviceSeq,
      ...intent
    } as Command & I
  }
  return {
    register: ({ applicantOver, ...over } = {}) => {
      const intake = { ...sampleIntake(), ...over }
      const args = { ...intake, applicant: { ...intake.applicant, ...applicantOver } }
      return command(newUuid(), { name: 'case.register', args }) as Command & { name: 'case.register' }
    },
    correct: (caseId, changes, base) =>
      command(caseId, { name: 'case.correct', args: { changes, reason: '신청인 확인' } }, base),
    move: (caseId, to, base) => command(caseId, { name: 'case.move', args: { to, reason: '서류 확인' } }, base)
  }
}

/** A push as a desk sends it, plain. */
export const pushRequest = (desk: { readonly deviceId: string }, commands: readonly object[]) => ({
  method: 'POST' as const,
  url: '/v1/push',
  headers: { 'content-type': 'application/x-ndjson' },
  payload: pushBody(desk.deviceId, commands)
})

export const pushBody = (deviceId: string, commands: readonly object[]): string =>
  [{ type: 'start', deviceId }, ...commands.map((command) => ({ type: 'command', command }))]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')

export const answerLines = (body: string): PushAnswerLine[] =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PushAnswerLine)

/** The outcomes of a push that was taken to its end, or up to a number that is missing. */
export async function push(desk: TestDesk, commands: readonly object[]): Promise<PushOutcome[]> {
  const response = await desk.call(pushRequest(desk, commands))
  if (response.statusCode !== 200) throw new Error(`push answered ${response.statusCode}: ${response.body}`)
  return answerLines(response.body).flatMap((line) => (line.type === 'outcomes' ? line.outcomes : []))
}

export async function pull(desk: TestDesk, cursor = 0): Promise<PullLine[]> {
  const response = await desk.call({ method: 'GET', url: `/v1/changes?cursor=${cursor}` })
  if (response.statusCode !== 200) throw new Error(`pull answered ${response.statusCode}: ${response.body}`)
  return response.body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PullLine)
}

/** The cases of a pull, by id. */
export async function pulledCases(desk: TestDesk, cursor = 0): Promise<Map<string, Case>> {
  const lines = await pull(desk, cursor)
  return new Map(lines.flatMap((line) => (line.type === 'case' ? [[line.record.case.id, line.record.case]] : [])))
}
