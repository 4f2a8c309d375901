import { z } from 'zod'
import { newDocumentSchema } from '#shared/domain/document/case-document.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'

/** 문서 붙임. Sent when every chunk is at the centre. */
export const attachDocumentSchema = newDocumentSchema

/** 문서 빼기 with the reason that the history shows. */
export const detachDocumentSchema = z.object({ documentId: uuidSchema, reason: z.string().trim().max(400) })
