import { Client } from 'pg'
import type { CentrePoint } from '../plan/step.ts'

/**
 * Loaded before the real server (`node --import`): kills it when it comes to a named point of its work. Nothing else about
 * the server is changed.
 */
let death: { point: CentrePoint; left: number } | null = null

const pass = (point: CentrePoint): void => {
  if (death?.point !== point) return
  death.left -= 1
  if (death.left === 0) process.kill(process.pid, 'SIGKILL')
}

process.on('message', (message: { die?: { point: CentrePoint; passage: number } }) => {
  if (message.die !== undefined) death = { point: message.die.point, left: message.die.passage }
})

type Query = (this: Client, ...args: unknown[]) => unknown
const query = Client.prototype.query as Query

function tappedQuery(this: Client, ...args: unknown[]): unknown {
  if (args[0] !== 'COMMIT') return query.apply(this, args)
  pass('commit.before')
  const done = query.apply(this, args)
  if (done instanceof Promise) done.then(() => pass('commit.after')).catch(() => undefined)
  return done
}
Client.prototype.query = tappedQuery as typeof Client.prototype.query
