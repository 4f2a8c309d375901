// The peer's server, a process of its own: PouchDB on LevelDB behind its own HTTP server, on the loopback address.
import { createServer } from 'node:http'
import { join } from 'node:path'
import { pouchServer } from './pouch-packages.ts'

const [folder = '.'] = process.argv.slice(2)
const app = pouchServer(join(folder, '/'), {
  mode: 'minimumForPouchDB',
  logPath: join(folder, 'log.txt'),
  configPath: join(folder, 'config.json')
})
const server = createServer(app)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  process.stdout.write(`READY ${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`)
})
process.once('disconnect', () => process.exit(0))
process.once('SIGTERM', () => process.exit(0))
