'use strict'
const { pathToFileURL } = require('node:url')

const [program] = process.argv.splice(2, 1)
require('./shifted-process.cjs')
void import(pathToFileURL(program).href)
