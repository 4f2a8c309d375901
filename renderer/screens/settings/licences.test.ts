import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { LICENCES } from './licences.ts'

const packageFile = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../node_modules/${name}/package.json`, import.meta.url), 'utf8'))

test('the list states the licence that each package states of itself', () => {
  expect(LICENCES).toEqual(LICENCES.map(({ name }) => ({ name, licence: packageFile(name).license })))
})

test('every package of the running desk is in the list', () => {
  const own = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'))
  const centreOnly = ['fastify', 'fastify-type-provider-zod', 'pg', '@fastify/swagger']
  const needed = Object.keys(own.dependencies).filter((name) => !centreOnly.includes(name))
  const listed = LICENCES.map(({ name }) => name)
  expect(needed.filter((name) => !listed.includes(name))).toEqual([])
})
