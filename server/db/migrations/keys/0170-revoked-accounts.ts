import type { Migration } from '../../migrate.ts'

/** Accounts whose rights were revoked: remembered apart from the cases, so that their restore does not let them in again. */
export const revokedAccounts: Migration = {
  version: 170,
  name: 'revoked-accounts',
  minSafeVersion: 150,
  sql: `
CREATE TABLE revoked_accounts (
  account_id uuid PRIMARY KEY,
  at timestamptz NOT NULL
);
`
}
