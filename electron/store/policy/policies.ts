import register20240125 from '#resources/policy/2024-01-25.json' with { type: 'json' }
import index from '#resources/policy/index.json' with { type: 'json' }
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { loadPolicies } from '#shared/domain/policy/policy-versions.ts'

/** Every version of the policy register that this program carries, oldest first. One that does not parse is a fault of the build. */
export function carriedPolicies(): readonly PolicyRegister[] {
  const loaded = loadPolicies({ index, files: { '2024-01-25.json': register20240125 } })
  if (!loaded.ok) throw new Error(`the policy register of this build is unusable: ${loaded.error.type}`)
  return loaded.value
}
