import { leaseTermsSchema } from '#shared/domain/administration/lease-terms.ts'

/** GET and PUT /v1/admin/lease */
export const leaseTermsMessageSchema = leaseTermsSchema
