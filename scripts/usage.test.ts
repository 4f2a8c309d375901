import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { projectNode } from './pinned-node.mjs'
import { root } from './project.mjs'

const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>
}
const READY = 'node scripts/run-ready.mjs '
const called = Object.entries(scripts).flatMap(([name, line]) =>
  line.startsWith(READY) ? [{ name, args: line.slice(READY.length).split(' ') }] : []
)

/** A clone in which nothing is installed. */
const clone = mkdtempSync(path.join(tmpdir(), 'mnk-usage-'))
for (const folder of ['scripts', 'server']) {
  const isPlain = (file: string) => !/\.[a-z]+$/.test(file) || /\.(mjs|txt)$/.test(file)
  cpSync(path.join(root, folder), path.join(clone, folder), { recursive: true, filter: isPlain })
}
afterAll(() => rmSync(clone, { recursive: true }))

test.each(called)('npm run $name -- --help says how it is called, and sets nothing up', ({ name, args }) => {
  const env = { PATH: '', HOME: clone }
  const asked = spawnSync(process.execPath, ['scripts/run-ready.mjs', ...args, '--help'], { cwd: clone, env })
  expect([asked.status, String(asked.stderr)]).toEqual([0, ''])
  expect(String(asked.stdout)).toMatch(new RegExp(`^npm run ${name}( |$)`, 'm'))
  expect(readdirSync(clone).sort()).toEqual(['scripts', 'server'])
})

const OWN_OPTIONS: ReadonlyArray<[string, readonly string[]]> = [
  ['bench', ['only', 'cases', 'peer-cases', 'rounds', 'seed']],
  ['chaos', ['seed', 'rounds', 'runs', 'check-every', 'verbose']],
  ['capacity', ['measured', 'seed']],
  ['demo', []]
]

test.each(OWN_OPTIONS)('npm run %s with an option that it does not have says which it has', (name, options) => {
  const script = path.join(root, 'scripts', `${name}.ts`)
  const answer = spawnSync(projectNode(), [script, '--no-such-option'], { encoding: 'utf8' })
  expect([answer.status, answer.stdout]).toEqual([2, ''])
  expect(answer.stderr).toMatch(/^Unknown option '--no-such-option'/)
  for (const option of options) expect(answer.stderr).toContain(`--${option} `)
})

test('a value that cannot be read is named', () => {
  const answer = spawnSync(projectNode(), [path.join(root, 'scripts/chaos.ts'), '--rounds', 'many'], {
    encoding: 'utf8'
  })
  expect([answer.status, answer.stderr]).toEqual([2, expect.stringMatching(/→ at rounds[\s\S]*npm run chaos -- /)])
})
