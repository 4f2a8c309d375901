import { z } from 'zod'

/** GET /v1/poke: server-sent events. Each says only how far the district's stream now goes; the desk then pulls. */
export const pokeSchema = z.object({ cursor: z.int().nonnegative() })
export type Poke = z.infer<typeof pokeSchema>
