import { connect, type Socket } from 'node:net'

/** What a program that is not ours, or means no good, puts on the wire, byte by byte. */
export interface RawRequest {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

export interface RawAnswer {
  readonly status: number
  /** The text of an error, or of a plain answer; chunks are joined. */
  readonly body: string
}

export function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => resolve(socket))
    socket.once('error', reject)
  })
}

export const headOf = ({ method, path, headers }: RawRequest): string =>
  [`${method} ${path} HTTP/1.1`, 'host: centre', ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`)]
    .map((line) => `${line}\r\n`)
    .join('')
    .concat('\r\n')

export const chunkOf = (bytes: Uint8Array | string): Buffer => {
  const data = Buffer.from(bytes)
  return Buffer.concat([Buffer.from(`${data.length.toString(16)}\r\n`), data, Buffer.from('\r\n')])
}

export const LAST_CHUNK = '0\r\n\r\n'

/** What comes until the other side closes the line, or an answer of known length is whole. */
export function answerOf(socket: Socket): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let text = ''
    const settle = (): void => {
      const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(text)?.[1] ?? 0)
      const at = text.indexOf('\r\n\r\n')
      const [head, body] = [text.slice(0, at), text.slice(at + 4)]
      const isChunked = /transfer-encoding: chunked/i.test(head)
      resolve({ status, body: isChunked ? joinChunks(body) : body })
    }
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
      const length = /content-length: (\d+)/i.exec(text)?.[1]
      const at = text.indexOf('\r\n\r\n')
      const isWhole = length !== undefined && at >= 0 && Buffer.byteLength(text.slice(at + 4)) >= Number(length)
      if (isWhole || text.endsWith(`\r\n${LAST_CHUNK}`)) settle()
    })
    socket.once('close', settle)
    socket.once('error', (fault) => (text === '' ? reject(fault) : settle()))
  })
}

function joinChunks(body: string): string {
  let rest = Buffer.from(body)
  let joined = ''
  for (;;) {
    const at = rest.indexOf('\r\n')
    const length = Number.parseInt(rest.subarray(0, at).toString(), 16)
    if (at < 0 || !(length > 0)) return joined
    joined += rest.subarray(at + 2, at + 2 + length).toString('utf8')
    rest = rest.subarray(at + 2 + length + 2)
  }
}
