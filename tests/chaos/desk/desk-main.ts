import { installWiretap } from './wiretap.ts'

/**
 * The process of one desk: the real store on its own files, with the driver in the place of the window. The clock, the
 * protocol's number and the moment of its death are the driver's to say.
 */
const tap = installWiretap()
const { runDesk } = await import('./run-desk.ts')
runDesk(tap)
