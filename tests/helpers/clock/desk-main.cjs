'use strict'
const { join } = require('node:path')
const { utilityProcess } = require('electron')

/** Loaded before the desk's own program: its store process begins with the test's clock. */
const { fork } = utilityProcess
utilityProcess.fork = (program, args, options) =>
  fork.call(utilityProcess, join(__dirname, 'desk-store.cjs'), [program, ...args], options)
