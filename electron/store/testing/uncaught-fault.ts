import { endOnUncaught } from '../port/last-words.ts'

/** A process that fails over a citizen's name: `node uncaught-fault.ts thrown | rejected`. */
endOnUncaught({
  newId: () => 'fault-1',
  log: ({ faultId, where, kind }) => process.stderr.write(`${faultId} ${where} ${kind}\n`)
})
const fail = (): unknown => JSON.parse('김민수')
if (process.argv[2] === 'thrown') setTimeout(fail)
else setTimeout(async () => fail())
