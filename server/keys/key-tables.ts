/** The tables of wrapped keys. A key is bound to its owner by the context of its wrapping: `kind:owner`. */
export interface KeyTable {
  readonly table: 'case_keys' | 'device_shares' | 'named_keys' | 'quarantine_keys' | 'lease_shares'
  readonly id: 'case_id' | 'device_id' | 'name' | 'command_id' | 'lease_id'
  readonly kind: string
  /** An SQL expression. */
  readonly owner: string
}

const ownedBy = (table: KeyTable['table'], id: KeyTable['id'], kind: string, owner: string = id): KeyTable => ({
  ...{ table, id, kind, owner }
})

export const CASE_KEYS = ownedBy('case_keys', 'case_id', 'case-key')
export const DEVICE_SHARES = ownedBy('device_shares', 'device_id', 'device-share')
export const NAMED_KEYS = ownedBy('named_keys', 'name', 'named-key')
export const QUARANTINE_KEYS = ownedBy('quarantine_keys', 'command_id', 'quarantine-key')
const LEASE_SHARES = ownedBy('lease_shares', 'lease_id', 'lease-share', "lease_id || ':' || device_id")
export const KEY_TABLES: readonly KeyTable[] = [CASE_KEYS, DEVICE_SHARES, NAMED_KEYS, QUARANTINE_KEYS, LEASE_SHARES]

export const idType = ({ id }: KeyTable): 'text' | 'uuid' => (id === 'name' ? 'text' : 'uuid')
