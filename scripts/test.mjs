// npm test: from a fresh clone to one verdict. Sets up what is missing, then checks everything that CI checks.
import { projectNode } from './pinned-node.mjs'
import { failPlainly, run } from './project.mjs'
import { setUp } from './setup.mjs'

setUp()
  .then(() => run(projectNode(), ['scripts/verify.ts']))
  .then((code) => process.exit(code), failPlainly)
