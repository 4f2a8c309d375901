import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { loadPolicies } from '#shared/domain/policy/policy-versions.ts'
import { expectOk } from '#shared/foundation/result.ts'

const POLICY_DIR = path.resolve(import.meta.dirname, '../resources/policy')

/** Every version of the policy register that the office holds. Throws when one is broken: nothing is judged without it. */
export function loadHeldPolicies(): readonly PolicyRegister[] {
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(POLICY_DIR, file), 'utf8'))
  const names = readdirSync(POLICY_DIR).filter((name) => name.endsWith('.json') && name !== 'index.json')
  return expectOk(
    loadPolicies({ index: read('index.json'), files: Object.fromEntries(names.map((name) => [name, read(name)])) })
  )
}
