import fs from 'node:fs'

/**
 * How a script is called: the text beside it, `chaos.usage.txt` beside `chaos.ts`. Without imports, so that `--help` is
 * answered before anything is installed.
 */
export const usageOf = (script) => fs.readFileSync(script.replace(/\.ts$/, '.usage.txt'), 'utf8')

export const asksForUsage = (args) => args.includes('--help') || args.includes('-h')
