/**
 * Raised when a message changes its shape or meaning; the hash test fails until it is.
 * 1: sign-in, enrolment, push, pull, poke.
 * 2: conflicts, quarantine, leases, wiping, rescue, documents, snapshots, give-back after a restore; push as a stream.
 */
export const PROTOCOL_VERSION = 2

/** Every request names the protocol it speaks in this header. */
export const PROTOCOL_HEADER = 'x-mnk-protocol'
