/** How an exchange over a bad line goes wrong. */
export type Fault = 'lost_on_the_way' | 'answer_lost' | 'answer_cut' | 'delivered_twice'

const FAULTS: readonly Fault[] = ['lost_on_the_way', 'answer_lost', 'answer_cut', 'delivered_twice']

export interface FaultyLine {
  readonly fetch: typeof globalThis.fetch
  /** What went wrong so far, by kind. */
  readonly happened: Record<Fault, number>
  /** From now on nothing goes wrong any more. */
  repair(): void
}

/**
 * A line to the centre on which every other exchange goes wrong. Pokes never get through: each sync is asked for, so that
 * the same seed gives the same run.
 */
export function createFaultyLine(random: () => number): FaultyLine {
  const happened: Record<Fault, number> = { lost_on_the_way: 0, answer_lost: 0, answer_cut: 0, delivered_twice: 0 }
  let isBroken = true
  return {
    happened,
    repair: () => {
      isBroken = false
    },
    fetch: async (input, init) => {
      if (String(input).includes('/v1/poke')) throw new TypeError('no pokes here')
      if (!isBroken || random() < 0.5) return fetch(input, init)
      const fault = FAULTS[Math.floor(random() * FAULTS.length)] ?? 'answer_lost'
      happened[fault] += 1
      const body = await wholeBody(init)
      return exchangeWith(fault, random, () => fetch(input, { ...init, ...(body !== undefined && { body }) }))
    }
  }
}

/** What is sent in pieces is gathered first, as some proxies do: it may go out twice. */
const wholeBody = async (init: RequestInit | undefined): Promise<Uint8Array<ArrayBuffer> | undefined> =>
  init?.body instanceof ReadableStream ? new Uint8Array(await new Response(init.body).arrayBuffer()) : undefined

async function exchangeWith(fault: Fault, random: () => number, exchange: () => Promise<Response>): Promise<Response> {
  switch (fault) {
    case 'lost_on_the_way':
      throw new TypeError('fetch failed')
    case 'answer_lost':
      await (await exchange()).arrayBuffer()
      throw new TypeError('fetch failed')
    case 'answer_cut':
      return cutAnswer(await exchange(), random())
    case 'delivered_twice': {
      const [first, second] = [await exchange(), await exchange()]
      const [given, dropped] = random() < 0.5 ? [first, second] : [second, first]
      await dropped.arrayBuffer()
      return given
    }
  }
}

/** The first part of the body, and then a broken connection. */
async function cutAnswer(answer: Response, share: number): Promise<Response> {
  const whole = new Uint8Array(await answer.arrayBuffer())
  const part = whole.slice(0, Math.floor(whole.length * share))
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => {
      if (part.length > 0) controller.enqueue(part)
    },
    pull: (controller) => controller.error(new TypeError('terminated'))
  })
  return new Response(body, { status: answer.status, headers: answer.headers })
}
