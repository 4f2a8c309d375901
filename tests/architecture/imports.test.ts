import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accepted, type Example, layerRules, refused } from './lint-examples.ts'

const root = path.resolve(import.meta.dirname, '../..')
const biome = path.join(root, 'node_modules/@biomejs/biome/bin/biome')
const workspaces: string[] = []
let rulesByExample: Map<Example, string[]>

beforeAll(async () => {
  rulesByExample = await lint([...refused, ...accepted])
}, 120_000)

afterAll(() => {
  for (const workspace of workspaces) rmSync(workspace, { recursive: true, force: true })
})

test('every forbidden import, query, pragma and size is refused by its rule', () => {
  const missed = refused.filter((example) => !rulesOf(example).includes(example.rule))
  expect(missed).toEqual([])
})

test('every allowed import and query passes', () => {
  const stopped = accepted.map((example) => ({ example, rules: rulesOf(example) })).filter(({ rules }) => rules.length)
  expect(stopped).toEqual([])
})

test('the written layer rules are those of the table', () => {
  expect(JSON.parse(readFileSync(path.join(root, 'scripts/lint/layers.json'), 'utf8'))).toEqual(layerRules())
})

function rulesOf(example: Example): string[] {
  const rules = rulesByExample.get(example)
  if (!rules) throw new Error(`${example.file} was not linted`)
  return rules
}

/** Lints every example at its own path under a copy of the project's configuration; resolves with the broken rules. */
async function lint(examples: Example[]): Promise<Map<Example, string[]>> {
  const placed = examples.map((example, index) => place(example, index))
  const found = new Map<string, string[]>()
  await Promise.all(workspaces.map((workspace) => runBiome(workspace, found)))
  return new Map(placed.map(({ example, file }) => [example, found.get(file) ?? []]))
}

/** Files with a fixed name can hold one example per workspace; those called "a" get a name of their own. */
function place(example: Example, index: number): { example: Example; file: string } {
  const name = example.file.replace(/\/a(\.test)?\.(tsx?)$/, `/a-${index}$1.$2`)
  const free = workspaces.find((workspace) => !existsSync(path.join(workspace, name)))
  const file = path.join(free ?? createWorkspace(), name)
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, example.code)
  return { example, file }
}

function createWorkspace(): string {
  const workspace = mkdtempSync(path.join(tmpdir(), 'mnk-lint-'))
  for (const name of ['biome.json', 'package.json', '.gitignore', 'scripts/lint']) {
    cpSync(path.join(root, name), path.join(workspace, name), { recursive: true })
  }
  workspaces.push(workspace)
  return workspace
}

interface BiomeReport {
  diagnostics: { category: string; severity: string; location: { path: string } }[]
}

async function runBiome(workspace: string, found: Map<string, string[]>): Promise<void> {
  const args = [biome, 'lint', '.', '--reporter=json', '--max-diagnostics=none', '--error-on-warnings']
  const output = await new Promise<string>((resolve) => {
    execFile(process.execPath, args, { cwd: workspace, maxBuffer: 1 << 28 }, (_failed, stdout) => resolve(stdout))
  })
  const report = JSON.parse(output) as BiomeReport
  for (const { category, severity, location } of report.diagnostics) {
    if (severity !== 'error' && severity !== 'warning') continue
    const file = path.join(workspace, location.path)
    found.set(file, [...(found.get(file) ?? []), category])
  }
}
