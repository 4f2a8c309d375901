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

/** What an office of the city usually writes. Official papers are in Korean alone, whatever the language of the screen. */
export const USUAL_REQUEST: Pick<RequestForm, 'place' | 'confirmation' | 'backups' | 'media'> = {
  place: '서울시 데이터센터',
  confirmation: '잔여 자료 검사 결과 0건',
  backups: '백업 열쇠 파기로 읽을 수 없게 함',
  media: '해당 없음'
}
