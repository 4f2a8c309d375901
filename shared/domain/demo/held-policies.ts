import register20240125 from '#resources/policy/2024-01-25.json' with { type: 'json' }
import index from '#resources/policy/index.json' with { type: 'json' }
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { loadPolicies } from '#shared/domain/policy/policy-versions.ts'
import { expectOk } from '#shared/foundation/result.ts'

/** The published register as this program ships it, for demo data and tests. The office's own is read from its files. */
export const HELD_POLICIES: readonly PolicyRegister[] = expectOk(
  loadPolicies({ index, files: { '2024-01-25.json': register20240125 } })
)
