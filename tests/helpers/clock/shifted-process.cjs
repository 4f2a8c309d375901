'use strict'
const { readFileSync } = require('node:fs')

/** Loaded before a program: its `Date` goes on by the milliseconds that stand in a file, which may change meanwhile. */
const RealDate = Date
const LOOKED_AT_EVERY_MS = 100
let lookedAt = 0
let shift = 0

function now() {
  const real = RealDate.now()
  if (real - lookedAt > LOOKED_AT_EVERY_MS) {
    shift = Number(readFileSync(process.env.MNK_TEST_CLOCK, 'utf8'))
    lookedAt = real
  }
  return real + shift
}

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args, newTarget) => Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
  apply: () => new RealDate(now()).toString(),
  get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver))
})
