/** A body that cannot be read to its end. The status says which limit it broke, or that it is not what it says. */
export class BodyUnreadableError extends Error {
  override readonly name = 'BodyUnreadableError'
  readonly statusCode: number
  readonly code: string
  constructor(statusCode: number, code: string) {
    super('the body cannot be read')
    this.statusCode = statusCode
    this.code = code
  }
}
