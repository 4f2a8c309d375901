import { z } from 'zod'

/**
 * What a desk keeps of its last whole pull: `generation.cursor.deviceSeq.districtCode.mac`, signed by the centre and
 * opaque to the desk. It goes back with every later request in this header. A centre that finds it ahead of its own
 * tables was set back; and a PC whose session was lost with them proves by it that it may give back.
 */
export const RECEIPT_HEADER = 'x-mnk-receipt'

export const receiptSchema = z.string().min(1).max(200)
export type Receipt = z.infer<typeof receiptSchema>
