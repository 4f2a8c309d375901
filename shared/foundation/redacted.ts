const secrets = new WeakMap<object, unknown>()

/** A secret that no log, error or JSON can print. Read it with `revealSecret` where it is used, nowhere else. */
export class Redacted<T> {
  declare private readonly secretOf: T
  toString(): string {
    return '[redacted]'
  }
  toJSON(): string {
    return '[redacted]'
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[redacted]'
  }
}

export function redact<T>(secret: T): Redacted<T> {
  const box = new Redacted<T>()
  secrets.set(box, secret)
  return box
}

export const revealSecret = <T>(box: Redacted<T>): T => secrets.get(box) as T
