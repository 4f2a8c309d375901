import { err, ok, type Result } from '#shared/foundation/result.ts'
import { apiErrorSchema } from '#shared/sync-protocol/api-error.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { type ReportLine, reportLineSchema } from '#shared/sync-protocol/report-lines.ts'
import type { CallFailure } from '../session/centre-call.ts'
import { acceptedEncodings, decodedBody } from '../sync/content-encoding.ts'
import { textLines } from '../sync/text-lines.ts'

export interface ReportQuestion {
  readonly serverUrl: string
  readonly token: string
  readonly reportId: string
  readonly signal: AbortSignal
}

/** A line that says nothing for so long is gone. What is written meanwhile does not count. */
const SILENCE_MS = 60_000

/** What a report holds, line by line, as fast as it is read. It ends early where the line is cut. */
export async function openReportLines(
  { fetch }: { readonly fetch: typeof globalThis.fetch },
  { serverUrl, token, reportId, signal }: ReportQuestion
): Promise<Result<AsyncGenerator<ReportLine>, CallFailure>> {
  const silence = createSilence()
  try {
    const base = serverUrl.endsWith('/') ? serverUrl : `${serverUrl}/`
    const response = await fetch(new URL(`v1/reports/${reportId}/lines`, base), {
      headers: {
        authorization: `Bearer ${token}`,
        accept: 'application/x-ndjson',
        'accept-encoding': acceptedEncodings(),
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION)
      },
      redirect: 'error',
      signal: AbortSignal.any([signal, silence.signal])
    })
    if (response.ok) return ok(linesOf(response, silence))
    return err(apiErrorSchema.safeParse(await response.json()).data?.error ?? { type: 'Unanswered' })
  } catch (error) {
    if (error instanceof Error) return err({ type: 'Unanswered' })
    throw error
  } finally {
    silence.rests()
  }
}

async function* linesOf(response: Response, silence: Silence): AsyncGenerator<ReportLine> {
  silence.begins()
  try {
    for await (const texts of textLines(decodedBody(response))) {
      silence.rests()
      for (const text of texts) {
        const line = readLine(text)
        if (line === null) return
        yield line
      }
      silence.begins()
    }
  } finally {
    silence.rests()
  }
}

/** null: no line of a report. */
function readLine(text: string): ReportLine | null {
  try {
    return reportLineSchema.safeParse(JSON.parse(text)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

interface Silence {
  readonly signal: AbortSignal
  begins(): void
  rests(): void
}

function createSilence(): Silence {
  const controller = new AbortController()
  const begin = () => setTimeout(() => controller.abort(), SILENCE_MS)
  let timer = begin()
  return {
    signal: controller.signal,
    begins: () => {
      timer = begin()
    },
    rests: () => clearTimeout(timer)
  }
}
