import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expectOk } from '#shared/foundation/result.ts'
import { verifyChain } from '../../electron/store/access-log/access-log.ts'
import { openStoreDb } from '../../electron/store/db/database.ts'
import { unlockAccount } from '../../electron/store/keys/keyring.ts'
import { readKeyring } from '../../electron/store/keys/keyring-file.ts'
import { heldLease } from '../../electron/store/keys/lease-layer.ts'
import { nodeCipher } from '../../electron/store/keys/node-crypto.ts'

// node read-access-log.ts DATA_DIR LOGIN PASSWORD: the access log of a closed desk of 강남구 as JSON, read with its
// owner's password as the desk itself does. Ends in an error when the chain does not hold.

const [dataDir = '', login = '', password = ''] = process.argv.slice(2)
const at = (name: string): string => join(dataDir, 'data/stores/11680', name)
const keyringFile = at('keyring.json')
const deviceSecret = readFileSync(join(dataDir, 'device-secret.unprotected'))
const keyring = expectOk(readKeyring(keyringFile))
const lease = heldLease(keyring, deviceSecret)
const { storeKey } = expectOk(
  await unlockAccount({ file: keyringFile, keyring }, { login, password, deviceSecret, lease })
)
const db = expectOk(openStoreDb({ file: at('store.db'), key: storeKey, create: false }))
const { no } = expectOk(verifyChain(db, nodeCipher))
const rows = db.all<{ body: string }>('SELECT body FROM access_log ORDER BY no')
if (rows.length !== no) throw new Error(`the chain ends at ${no}, but there are ${rows.length} lines`)
process.stdout.write(`[${rows.map(({ body }) => body).join()}]`)
db.close()
