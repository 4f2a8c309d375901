import { z } from 'zod'
import { GRANT_PROBLEMS } from '#shared/domain/grant/grant-rules.ts'
import { CHUNK_PROBLEMS } from './chunks.ts'

/** Every answer of the centre that is not 2xx has this body. `type` alone says what the desk does and shows. */
export const apiErrorSchema = z.object({
  error: z.discriminatedUnion('type', [
    z.object({ type: z.literal('RequestInvalid'), where: z.array(z.string()).max(50) }),
    z.object({ type: z.literal('WrongCredentials'), attemptsLeft: z.int().nonnegative() }),
    z.object({ type: z.literal('AccountLocked') }),
    z.object({ type: z.literal('SessionInvalid') }),
    /** Her rights were revoked or changed, or their period has not begun or is over; changed ones come with a new sign-in. */
    z.object({ type: z.literal('GrantOver') }),
    /** Somebody's rights may not be changed so. */
    z.object({ type: z.literal('GrantRefused'), cause: z.enum(GRANT_PROBLEMS) }),
    z.object({ type: z.literal('DeviceRevoked') }),
    /** The PC has to delete what lies on it: it seals its unsent work to the centre, shreds its keys and calls back. */
    z.object({ type: z.literal('DeviceWipeOrdered') }),
    /** The centre does not know this PC, or the PC cannot prove that it is the one that was enrolled. */
    z.object({ type: z.literal('EnrolmentNeeded') }),
    z.object({ type: z.literal('EnrolmentCodeWrong'), attemptsLeft: z.int().nonnegative() }),
    /** `damaged`: no capsule, or cut. `foreign`: of another centre or of no PC of this one. `forged`: not of the PC it names. */
    z.object({ type: z.literal('CapsuleRefused'), cause: z.enum(['damaged', 'foreign', 'forged', 'too_large']) }),
    z.object({ type: z.literal('RoleNotAllowed') }),
    z.object({ type: z.literal('ProtocolMismatch'), server: z.int(), desk: z.int() }),
    z.object({ type: z.literal('TooManyRequests'), retryAfterSeconds: z.int().nonnegative() }),
    /** The PC's next command must bear this number: one before it never came. Nothing was done. */
    z.object({ type: z.literal('DeviceSequenceGap'), expected: z.int().positive() }),
    /** A piece of a document that is not what its address says, or more than a case may have sent ahead. */
    z.object({ type: z.literal('ChunkRefused'), cause: z.enum(CHUNK_PROBLEMS) }),
    /** A piece of a document that the centre lost with a restore; it asks the PCs for it. */
    z.object({ type: z.literal('ChunkLost') }),
    /** The centre was set back by a restore and takes back what it lost: nothing else is served, work goes on offline. */
    z.object({ type: z.literal('CentreRestoring') }),
    /** The centre came back from a backup since this PC last pulled: it gives back (POST /v1/give-back) before it is served. */
    z.object({ type: z.literal('GiveBackFirst') }),
    z.object({ type: z.literal('NotFound') }),
    z.object({ type: z.literal('ServerFault'), requestId: z.string() }),
    z.object({ type: z.literal('NotReady') })
  ])
})
export type ApiError = z.infer<typeof apiErrorSchema>['error']
