import { type BatchRequest, batchRequestSchema } from '#shared/domain/destruction/destruction-batch.ts'

/** The request as it is typed: '' where nothing stands yet. */
export type RequestForm = Readonly<Record<keyof BatchRequest, string>>

/** null: something is still to be filled in. */
export const requestOf = (form: RequestForm): BatchRequest | null => batchRequestSchema.safeParse(form).data ?? null

/** The lengths that the paper has room for. */
export const MOST_LETTERS: Readonly<Record<'place' | 'confirmation' | 'backups' | 'media', number>> = {
  place: 80,
  confirmation: 200,
  backups: 200,
  media: 200
}
