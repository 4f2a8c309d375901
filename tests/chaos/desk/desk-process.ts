import { type ChildProcess, fork } from 'node:child_process'
import { join } from 'node:path'
import type { MethodName, RequestOf, ValueOf } from '#shared/ipc/contract.ts'
import type { Fault } from '../../../electron/store/port/fault-log.ts'
import type { DeskPoint } from '../plan/step.ts'
import type { DeskAudit } from './desk-audit.ts'
import type { DeskReply, DeskStart, FromDesk, ToDesk } from './desk-messages.ts'

export type AnswerOf<M extends MethodName> = { readonly madeId: string | null } & (
  | { readonly ok: true; readonly value: ValueOf<M> }
  | { readonly ok: false; readonly error: { readonly type: string } & Record<string, unknown> }
)

/** One running store process, as the driver holds it. */
export interface DeskProcess {
  /** null: the process died before it answered. */
  ask<M extends MethodName>(method: M, request: RequestOf<M>): Promise<AnswerOf<M> | null>
  /** null: no store is open, or the process died. */
  audit(markers: readonly string[]): Promise<DeskAudit | null>
  /** Runs SQL on the store behind its back: for planting a bug. */
  meddle(sql: string): Promise<void>
  tell(message: Extract<ToDesk, { type: 'clock' | 'protocol' | 'disk' }>): void
  dieAt(point: DeskPoint, passage: number): void
  isAlive(): boolean
  kill(): Promise<void>
  /** Ends it in order. */
  close(): Promise<void>
}

export interface DeskProcessHooks {
  readonly onFault: (fault: Fault) => void
  /** The vault makes a new secret (base64) and keeps it before it is used. */
  readonly newSecret: () => string
  /** What it wrote to standard error: a desk says nothing there unless it breaks. */
  readonly onWords: (text: string) => void
}

const MAIN = join(import.meta.dirname, 'desk-main.ts')
/** Longer than any answer may take, also on a busy machine; a desk that is silent for longer is killed and reported. */
const SILENCE_MS = 180_000

export async function startDeskProcess(start: DeskStart, hooks: DeskProcessHooks): Promise<DeskProcess> {
  const child = fork(MAIN, [], { stdio: ['ignore', 'ignore', 'pipe', 'ipc'], serialization: 'advanced' })
  child.stderr?.on('data', (text: Buffer) => hooks.onWords(text.toString()))
  const talk = new Talk(child, hooks)
  await talk.started(start)
  return {
    ask: (method, request) => talk.ask(method, request),
    audit: (markers) => talk.audit(markers),
    meddle: async (sql) => {
      await talk.meddle(sql)
    },
    tell: (message) => talk.send(message),
    dieAt: (point, passage) => talk.send({ type: 'die', point, passage }),
    isAlive: () => talk.isAlive,
    kill: () => talk.end(() => child.kill('SIGKILL')),
    close: () => talk.end(() => talk.send({ type: 'close' }))
  }
}

class Talk {
  isAlive = true
  readonly #child: ChildProcess
  readonly #waiting = new Map<number, (message: FromDesk | null) => void>()
  readonly #exited: Promise<void>
  #settleStart: (() => void) | null = null
  #id = 0

  constructor(child: ChildProcess, hooks: DeskProcessHooks) {
    this.#child = child
    child.on('error', () => undefined) // a message to a process that has just died
    this.#exited = new Promise((settle) => {
      child.once('exit', () => {
        this.isAlive = false
        for (const answer of this.#waiting.values()) answer(null)
        this.#waiting.clear()
        this.#settleStart?.()
        settle()
      })
    })
    child.on('message', (message: FromDesk) => this.#hear(message, hooks))
  }

  started(start: DeskStart): Promise<void> {
    this.send({ type: 'start', start })
    return new Promise((settle) => {
      this.#settleStart = settle
    })
  }

  async ask<M extends MethodName>(method: M, request: RequestOf<M>): Promise<AnswerOf<M> | null> {
    const message = await this.#exchange((id) => ({ type: 'ask', id, method, request }), `${method}`)
    return message?.type === 'answer' ? (message.reply as DeskReply as AnswerOf<M>) : null
  }

  async audit(markers: readonly string[]): Promise<DeskAudit | null> {
    const message = await this.#exchange((id) => ({ type: 'audit', id, markers }), 'audit')
    return message?.type === 'audited' ? message.audit : null
  }

  async meddle(sql: string): Promise<void> {
    await this.#exchange((id) => ({ type: 'meddle', id, sql }), 'meddle')
  }

  send(message: ToDesk): void {
    if (this.isAlive && this.#child.connected) this.#child.send(message, () => undefined)
  }

  async end(how: () => void): Promise<void> {
    if (this.isAlive) how()
    await this.#exited
  }

  #exchange(messageOf: (id: number) => ToDesk, what: string): Promise<FromDesk | null> {
    if (!this.isAlive) return Promise.resolve(null)
    this.#id += 1
    const id = this.#id
    return new Promise((settle, fail) => {
      const timer = setTimeout(() => {
        this.#child.kill('SIGKILL')
        fail(new Error(`a desk did not answer to ${what} within ${SILENCE_MS / 1000} s`))
      }, SILENCE_MS)
      this.#waiting.set(id, (message) => {
        clearTimeout(timer)
        settle(message)
      })
      this.send(messageOf(id))
    })
  }

  #hear(message: FromDesk, hooks: DeskProcessHooks): void {
    switch (message.type) {
      case 'started':
        this.#settleStart?.()
        return
      case 'needs_secret':
        this.send({ type: 'secret', deviceSecret: hooks.newSecret() })
        return
      case 'fault':
        hooks.onFault(message.fault)
        return
      case 'answer':
      case 'audited': {
        const settle = this.#waiting.get(message.id)
        this.#waiting.delete(message.id)
        settle?.(message)
      }
    }
  }
}
