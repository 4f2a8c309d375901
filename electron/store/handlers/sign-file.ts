import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { FileFormat } from '#shared/signed-file/layout.ts'
import { readyToSign } from '#shared/signed-file/signed-file.ts'
import type { SignedKind } from '#shared/signed-file/statement.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import type { SignFailure } from '../session/sign-here.ts'
import type { DeskWork } from './desk-work.ts'
import type { HandlerDeps } from './work-door.ts'

export interface FileToSign {
  readonly format: FileFormat
  readonly content: Uint8Array
  readonly kind: SignedKind
  readonly number: string
}

/** The file with the signature of whoever works here in it; her password opens the key. */
export async function signFile(
  deps: Pick<HandlerDeps, 'now' | 'session'> & { readonly work: () => unknown },
  work: Pick<DeskWork, 'actor'>,
  { file, password }: { readonly file: FileToSign; readonly password: string }
): Promise<Result<Uint8Array, SignFailure>> {
  const { format, content, kind, number } = file
  const about = { kind, number, signedAt: deps.now(), signer: work.actor.id }
  const ready = readyToSign(nodeCipher, { format, content, about })
  const signed = await deps.session.sign({ password, messageFor: ready.messageFor })
  if (!signed.ok) return signed
  if (deps.work() !== work) return err({ type: 'Locked' }) // somebody else sits here by now
  const { publicKey, signature } = signed.value
  return ok(ready.signed({ publicKey: Buffer.from(publicKey, 'base64'), signature }))
}
