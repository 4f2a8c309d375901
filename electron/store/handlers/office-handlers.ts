import type { z } from 'zod'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { OFFICE_METHODS, OfficeFailure } from '#shared/ipc/office-methods.ts'
import type { OpenCopy } from '#shared/ipc/office-views.ts'
import { accountsResponseSchema, createdAccountResponseSchema } from '#shared/sync-protocol/administrator-accounts.ts'
import { devicesResponseSchema } from '#shared/sync-protocol/administrator-devices.ts'
import {
  issueCodeResponseSchema,
  openCodesResponseSchema
} from '#shared/sync-protocol/administrator-enrolment-codes.ts'
import { grantsResponseSchema } from '#shared/sync-protocol/administrator-grants.ts'
import { leaseTermsMessageSchema } from '#shared/sync-protocol/administrator-lease.ts'
import { loadResponseSchema } from '#shared/sync-protocol/administrator-load.ts'
import { rescueResponseSchema, rescuesResponseSchema } from '#shared/sync-protocol/administrator-rescues.ts'
import { restoreGateResponseSchema } from '#shared/sync-protocol/administrator-restore.ts'
import { batchCopiesResponseSchema } from '#shared/sync-protocol/batch-copies.ts'
import { type AdminRequest, askCentre, NO_CONTENT } from '../administration/admin-client.ts'
import type { Handlers } from '../port/door.ts'
import type { Session } from '../session/session-contract.ts'

interface OfficeDeps {
  readonly fetch: typeof globalThis.fetch
  readonly session: Session
}

/** What an administrator's window asks: each question is passed on to the centre, and the answer to the window. */
export function officeHandlers(deps: OfficeDeps): Pick<Handlers, keyof typeof OFFICE_METHODS> {
  const { ask, read, act } = asker(deps)
  return {
    ...deviceHandlers(deps),
    ...accountHandlers(deps),
    'office.loads': () => read('admin/load', loadResponseSchema, ({ loads }) => loads),
    'office.rescues': () => read('admin/rescues', rescuesResponseSchema, ({ rescues }) => rescues),
    'office.bringCapsule': async ({ bytes }) => {
      const request = { method: 'POST', path: 'admin/rescues', body: new Uint8Array(bytes) } as const
      return mapped(await ask({ ...request, answer: rescueResponseSchema }), ({ rescue }) => rescue)
    },
    'office.releaseRescue': ({ rescueId }) => act('POST', `admin/rescues/${rescueId}/release`),
    'office.openCopies': () => read('destruction/copies', batchCopiesResponseSchema, openCopiesOf),
    'office.writeOffCopy': ({ batchId, place, ref, reason }) =>
      act('POST', `admin/destruction/${batchId}/copies/${place}/${ref}/write-off`, { reason }),
    'office.restoreGate': () => read('admin/restore', restoreGateResponseSchema, (gate) => gate),
    'office.openGate': ({ reason }) => act('POST', 'admin/restore/open', { reason })
  }
}

const openCopiesOf = ({ batches }: z.output<typeof batchCopiesResponseSchema>): OpenCopy[] =>
  batches.flatMap(({ batchId, destroyed, copies }) =>
    copies.flatMap(({ settled, ...copy }) => (settled === null ? [{ ...copy, batchId, destroyed }] : []))
  )

type Part<M extends keyof Handlers> = Pick<Handlers, M>

function deviceHandlers(
  deps: OfficeDeps
): Part<
  | 'office.devices'
  | 'office.revokeDevice'
  | 'office.wipeDevice'
  | 'office.openCodes'
  | 'office.issueCode'
  | 'office.withdrawCode'
  | 'office.leaseTerms'
  | 'office.setLeaseTerms'
> {
  const { ask, read, act } = asker(deps)
  return {
    'office.devices': () => read('admin/devices', devicesResponseSchema, ({ devices }) => devices),
    'office.revokeDevice': ({ deviceId }) => act('POST', `admin/devices/${deviceId}/revoke`),
    'office.wipeDevice': ({ deviceId }) => act('POST', `admin/devices/${deviceId}/wipe`),
    'office.openCodes': () => read('admin/enrolment-codes', openCodesResponseSchema, ({ codes }) => codes),
    'office.issueCode': (body) =>
      ask({ method: 'POST', path: 'admin/enrolment-codes', body, answer: issueCodeResponseSchema }),
    'office.withdrawCode': ({ codeId }) => act('DELETE', `admin/enrolment-codes/${codeId}`),
    'office.leaseTerms': () => read('admin/lease', leaseTermsMessageSchema, (terms) => terms),
    'office.setLeaseTerms': (body) => ask({ method: 'PUT', path: 'admin/lease', body, answer: leaseTermsMessageSchema })
  }
}

function accountHandlers(
  deps: OfficeDeps
): Part<
  | 'office.accounts'
  | 'office.createAccount'
  | 'office.unlockAccount'
  | 'office.setPassword'
  | 'office.changeGrant'
  | 'office.revokeGrant'
  | 'office.grants'
> {
  const { ask, read, act } = asker(deps)
  return {
    'office.accounts': () => read('admin/accounts', accountsResponseSchema, ({ accounts }) => accounts),
    'office.createAccount': async (body) => {
      const created = await ask({ method: 'POST', path: 'admin/accounts', body, answer: createdAccountResponseSchema })
      return mapped(created, () => null)
    },
    'office.unlockAccount': ({ accountId }) => act('POST', `admin/accounts/${accountId}/unlock`),
    'office.setPassword': ({ accountId, password }) =>
      act('POST', `admin/accounts/${accountId}/password`, { password }),
    'office.changeGrant': ({ accountId, ...grant }) => act('POST', `admin/accounts/${accountId}/grant`, grant),
    'office.revokeGrant': ({ accountId, grounds }) => act('POST', `admin/accounts/${accountId}/revoke`, { grounds }),
    'office.grants': ({ before }) =>
      read(`admin/grants${before === null ? '' : `?before=${before}`}`, grantsResponseSchema, (page) => page)
  }
}

/** Questions in the name of whoever administers here now; a session that the centre no longer knows ends. */
function asker({ fetch, session }: OfficeDeps) {
  const ask = async <Answer extends z.ZodType>(
    request: AdminRequest<Answer>
  ): Promise<Result<z.output<Answer>, OfficeFailure>> => {
    const administering = session.administering()
    if (administering === null) return err({ type: 'NotAdministering' })
    const answer = await askCentre({ fetch }, administering, request)
    if (!answer.ok && answer.error.type === 'NotAdministering') await session.dismiss(administering)
    return answer
  }
  return {
    ask,
    read: async <Answer extends z.ZodType, T>(path: string, answer: Answer, pick: (value: z.output<Answer>) => T) =>
      mapped(await ask({ method: 'GET', path, answer }), pick),
    act: (method: 'POST' | 'DELETE', path: string, body?: object) =>
      ask({ method, path, ...(body && { body }), answer: NO_CONTENT })
  }
}

const mapped = <T, U, E>(result: Result<T, E>, pick: (value: T) => U): Result<U, E> =>
  result.ok ? ok(pick(result.value)) : result
