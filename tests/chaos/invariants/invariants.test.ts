import { expect, test } from 'vitest'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import type { CentreCommand } from '../centre/centre-hand.ts'
import type { DeskAudit } from '../desk/desk-audit.ts'
import type { Observation, ObservedDesk } from '../office/observe.ts'
import { breachesOf, INVARIANTS } from './invariants.ts'

const ONE: CaseRecord = {
  rev: 2,
  fieldRevs: { 'applicant.phone': 2 },
  case: {
    ...sampleIntake(),
    id: 'case-1',
    applicationNo: '2026-11-0001',
    districtCode: '11680',
    state: 'received',
    dueOn: null,
    assigneeId: null,
    history: [],
    conflicts: [],
    documents: [],
    edits: [],
    holds: []
  }
}

const done = (id: string, deviceSeq: number, rev: number): CentreCommand => ({
  id,
  deviceSeq,
  deviceId: 'pc-1',
  name: 'case.correct',
  caseId: 'case-1',
  issuedBy: 'person-1',
  issuedAt: '2026-11-23T00:00:00.000Z',
  outcome: { type: 'Applied', commandId: id, rev, seq: rev },
  cameLate: false
})

const AUDIT: DeskAudit = {
  cursor: 2,
  lastDeviceSeq: 2,
  records: [ONE],
  outbox: [],
  parked: [],
  attachments: [],
  provisional: [],
  chainBreak: null,
  indexFlaws: [],
  drafts: [{ id: 'draft-1', caseId: null }],
  markersFound: []
}

const DESK: ObservedDesk = { name: 'desk-1', districtCode: '11680', halt: null, wasCopied: false, audit: AUDIT }

/** A desk that took in a case and corrected it, and everything is as promised. */
const SOUND: Observation = {
  restless: [],
  saved: ['register', 'correct'].map((commandId, index) => ({
    commandId,
    desk: 'desk-1',
    caseId: 'case-1',
    no: index + 1
  })),
  excused: new Map(),
  unanswered: 0,
  drafts: [{ id: 'draft-1', desk: 'desk-1', caseId: null, no: 3 }],
  commands: [done('register', 1, 1), done('correct', 2, 2)],
  districts: [{ districtCode: '11680', cursor: 2, records: [ONE] }],
  buried: [],
  documents: [],
  pieces: new Map(),
  restores: 0,
  lost: [],
  renumbered: new Map(),
  broken: [],
  moves: new Map(),
  keptOut: new Set(),
  desks: [DESK],
  plaintext: [],
  faults: []
}

const withAudit = (change: Partial<DeskAudit>): Observation => ({
  ...SOUND,
  desks: [{ ...DESK, audit: { ...AUDIT, ...change } }]
})
const refused = (type: 'FieldChangedMeanwhile' | 'DeviceSequenceReused'): Observation => ({
  ...SOUND,
  saved: [...SOUND.saved, { commandId: 'late', desk: 'desk-1', caseId: 'case-1', no: 3 }],
  commands: [
    ...SOUND.commands,
    {
      ...done('late', type === 'DeviceSequenceReused' ? 2 : 3, 3),
      outcome: {
        type: 'Refused',
        commandId: 'late',
        refusal: type === 'DeviceSequenceReused' ? { type } : { type, fields: ['applicant.phone'] }
      }
    }
  ]
})
const refusedEntry = { commandId: 'late', caseId: 'case-1', deviceSeq: 3, status: 'refused', refusal: 'X' }

const namesOf = (seen: Observation): string[] => [...new Set(breachesOf(seen).map(({ invariant }) => invariant))]

test('where everything is as promised nothing is reported', () => {
  expect(breachesOf(SOUND)).toEqual([])
  expect(
    breachesOf({ ...refused('FieldChangedMeanwhile'), desks: withAudit({ outbox: [refusedEntry] }).desks })
  ).toEqual([])
})

const BROKEN: ReadonlyArray<[invariant: string, what: string, seen: Observation]> = [
  ['over sound lines every desk comes to rest', 'a desk stays offline', { ...SOUND, restless: ['desk-1: offline'] }],
  [
    'every command that was saved is at the centre or waits where its author sees it',
    'a saved command is nowhere',
    { ...SOUND, saved: [...SOUND.saved, { commandId: 'gone', desk: 'desk-1', caseId: 'case-1', no: 3 }] }
  ],
  [
    'a refused command stands in the outbox of its author until she gives it up',
    'a refused command has left the outbox',
    refused('FieldChangedMeanwhile')
  ],
  [
    'a value that could not be set lies beside the standing one until somebody chooses',
    'the other value is nowhere',
    {
      ...SOUND,
      commands: [
        done('register', 1, 1),
        {
          ...done('correct', 2, 2),
          outcome: { type: 'Conflict', commandId: 'correct', rev: 2, seq: 2, fields: ['applicant.phone'] }
        }
      ]
    }
  ],
  [
    'no command is done twice, and none that nobody gave is done',
    'a case was changed once more than commands came',
    { ...SOUND, commands: [done('register', 1, 1)], saved: SOUND.saved.slice(0, 1) }
  ],
  [
    'no command is done twice, and none that nobody gave is done',
    'the history holds a command that nobody gave',
    { ...SOUND, saved: SOUND.saved.slice(0, 1) }
  ],
  [
    'no command is done twice, and none that nobody gave is done',
    'the history holds a command twice',
    { ...SOUND, commands: [...SOUND.commands, done('correct', 3, 3)] }
  ],
  [
    'the commands of a PC stand in the order of their making, and no number counts twice',
    'a number was left out',
    { ...SOUND, commands: [done('register', 1, 1), done('correct', 3, 2)] }
  ],
  [
    'the commands of a PC stand in the order of their making, and no number counts twice',
    'more numbers were left out than commands came under new ones',
    { ...SOUND, commands: [done('register', 1, 1), done('correct', 4, 2)], renumbered: new Map([['pc-1', 1]]) }
  ],
  [
    'a store opens as long as nobody did away with it or with what opens it',
    'a key is missing',
    { ...SOUND, broken: ['desk-1: key_missing'] }
  ],
  [
    'every desk holds what the centre holds of its district, and nothing else',
    'a desk lacks a case',
    withAudit({ records: [] })
  ],
  [
    'every desk holds what the centre holds of its district, and nothing else',
    'a desk holds an older state',
    withAudit({ records: [{ ...ONE, rev: 1, fieldRevs: {} }] })
  ],
  [
    'every desk holds what the centre holds of its district, and nothing else',
    'a desk holds a case of another district',
    withAudit({ records: [ONE, { ...ONE, case: { ...ONE.case, id: 'case-2' } }] })
  ],
  [
    'every desk holds what the centre holds of its district, and nothing else',
    'a desk stands at another place of the stream',
    withAudit({ cursor: 1 })
  ],
  [
    'only a PC whose files were copied or set back is told so',
    'a desk stops without cause',
    { ...SOUND, desks: [{ ...DESK, halt: 'store_copied' }] }
  ],
  [
    'of a destroyed case nothing is left, and a withdrawn one is at no desk',
    'the centre still has a row',
    { ...SOUND, buried: [{ caseId: 'case-9', reason: 'destroyed', traces: ['withdrawn_cases'], typed: [] }] }
  ],
  [
    'of a destroyed case nothing is left, and a withdrawn one is at no desk',
    'a desk still has the case',
    { ...SOUND, buried: [{ caseId: 'case-1', reason: 'withdrawn', traces: ['withdrawn_cases'], typed: [] }] }
  ],
  [
    'of a destroyed case nothing is left, and a withdrawn one is at no desk',
    'a text of it stands in a page',
    {
      ...withAudit({ markersFound: ['01012345678'] }),
      buried: [{ caseId: 'case-9', reason: 'destroyed', traces: [], typed: ['01012345678'] }]
    }
  ],
  [
    'a command for a case that is gone lies sealed at the centre',
    'it is nowhere',
    {
      ...SOUND,
      saved: [...SOUND.saved, { commandId: 'late', desk: 'desk-1', caseId: 'case-9', no: 3 }],
      commands: [
        ...SOUND.commands,
        { ...done('late', 3, 3), outcome: { type: 'Quarantined', commandId: 'late', cause: 'destroyed' } }
      ]
    }
  ],
  [
    'a document that was attached is whole at the centre, or stands at its PC with the reason',
    'it is nowhere',
    { ...SOUND, documents: [{ documentId: 'paper', caseId: 'case-1', desk: 'desk-1', no: 3 }] }
  ],
  [
    'a document that was attached is whole at the centre, or stands at its PC with the reason',
    'of two whose case moved away one was handed over',
    {
      ...SOUND,
      documents: ['paper', 'other'].map((documentId) => ({ documentId, caseId: 'case-8', desk: 'desk-1', no: 3 })),
      keptOut: new Set(['attach']),
      commands: [
        ...SOUND.commands,
        {
          ...done('attach', 3, 3),
          name: 'case.attach',
          caseId: 'case-8',
          outcome: { type: 'HandedOver', commandId: 'attach' }
        }
      ]
    }
  ],
  [
    'a document that was attached is whole at the centre, or stands at its PC with the reason',
    'it waits although nothing is in its way',
    withAudit({ attachments: [{ documentId: 'paper', state: 'waiting' }] })
  ],
  ['nothing provisional is left where nothing waits', 'a mark is left', withAudit({ provisional: ['case-1 waits'] })],
  ['lists, counts and search agree with the cases', 'a case is not found', withAudit({ indexFlaws: ['not found'] })],
  ['the access logs are whole', 'a line is missing', withAudit({ chainBreak: 'LineMissing' })],
  [
    'a draft that was saved is there until it is used, thrown away or gone with its case',
    'a draft is gone',
    withAudit({ drafts: [] })
  ],
  ['no file holds in clear what people typed', 'a name stands in a file', { ...SOUND, plaintext: ['x.tmp (utf8)'] }],
  [
    'neither a desk nor the centre reports a fault of the program',
    'a fault was logged',
    { ...SOUND, faults: [{ where: 'centre', words: 'TypeError' }] }
  ]
]

test.each(BROKEN)('"%s" reports that %s', (invariant, _what, seen) => {
  expect(namesOf(seen)).toContain(invariant)
})

test('every invariant is shown to bite', () => {
  expect(
    INVARIANTS.map(({ name }) => name).filter((name) => !BROKEN.some(([invariant]) => invariant === name))
  ).toEqual([])
})

test('a command that its author gave up, or that a set-back file took along, need be nowhere', () => {
  const excused = new Map([['late', 'its author gave it up']])
  expect(breachesOf({ ...refused('FieldChangedMeanwhile'), excused })).toEqual([])
})

test('a command refused because another one had its number takes no place in the sequence', () => {
  expect(
    breachesOf({ ...refused('DeviceSequenceReused'), desks: withAudit({ outbox: [refusedEntry] }).desks })
  ).toEqual([])
})

test('a number may be left out where the centre had the command under an older id of the PC, or lost it with a restore', () => {
  const commands = [done('register', 1, 1), done('correct', 3, 2)]
  expect(breachesOf({ ...SOUND, commands, renumbered: new Map([['pc-1', 1]]) })).toEqual([])
  expect(breachesOf({ ...SOUND, commands, restores: 1, lost: [done('between', 2, 2)] })).toEqual([])
})

test('a command that came back after later ones had been done again gives its case one revision more', () => {
  const [first, second] = SOUND.commands as [CentreCommand, CentreCommand]
  const districts = [{ districtCode: '11680', cursor: 2, records: [{ ...ONE, rev: 3 }] }]
  const desks = withAudit({ records: [{ ...ONE, rev: 3 }] }).desks
  expect(breachesOf({ ...SOUND, districts, desks, commands: [first, { ...second, cameLate: true }] })).toEqual([])
  expect(breachesOf({ ...SOUND, districts, desks })).toHaveLength(1)
})

test('a value that lay beside another may stand after a restore, where its command was done again first', () => {
  const fields = ['applicant.phone' as const]
  const second: CentreCommand = {
    ...done('correct', 2, 2),
    outcome: { type: 'Conflict', commandId: 'correct', rev: 2, seq: 2, fields }
  }
  const at = '2026-11-23T00:00:00.000Z'
  const edit = { fields, by: 'person-1', at, reason: '', how: 'plain' as const, closed: [] }
  const one = { ...ONE, case: { ...ONE.case, edits: [edit] } }
  const seen: Observation = {
    ...SOUND,
    commands: [done('register', 1, 1), second],
    districts: [{ districtCode: '11680', cursor: 2, records: [one] }],
    desks: withAudit({ records: [one] }).desks
  }
  expect(breachesOf({ ...seen, restores: 1 })).toEqual([])
  expect(breachesOf(seen)).toHaveLength(1)
})

test('a command that came back for a case that another district keeps lies handed over there, its value with it', () => {
  const second: CentreCommand = {
    ...done('correct', 2, 2),
    outcome: { type: 'Conflict', commandId: 'correct', rev: 2, seq: 2, fields: ['applicant.phone'] }
  }
  const one = { ...ONE, rev: 1, fieldRevs: {} }
  const seen: Observation = {
    ...SOUND,
    commands: [done('register', 1, 1), second],
    districts: [{ districtCode: '11680', cursor: 2, records: [one] }],
    desks: withAudit({ records: [one] }).desks,
    restores: 1
  }
  expect(breachesOf({ ...seen, keptOut: new Set(['correct']) })).toEqual([])
  expect(breachesOf(seen)).toHaveLength(2)
})

test('a document whose case was gone before it could go up stands at its PC as a line that says so', () => {
  const documents = [{ documentId: 'paper', caseId: 'case-9', desk: 'desk-1', no: 3 }]
  expect(breachesOf({ ...withAudit({ parked: [{ id: 'paper', cause: 'destroyed' }] }), documents })).toEqual([])
})

test('a document that was handed over under no number leaves no hole, and may lie sealed for the other district', () => {
  const paper: CentreCommand = {
    ...done('paper', 3, 3),
    deviceSeq: null,
    name: 'case.attach',
    outcome: { type: 'HandedOver', commandId: 'paper' }
  }
  const documents = [{ documentId: 'paper', caseId: 'case-9', desk: 'desk-1', no: 3 }]
  const keptOut = new Set(['paper'])
  expect(breachesOf({ ...SOUND, commands: [...SOUND.commands, paper], documents, keptOut })).toEqual([])
})

test('a copied PC that has stopped may lack what is new, but none of its own work', () => {
  const stopped: ObservedDesk = {
    ...DESK,
    halt: 'store_copied',
    wasCopied: true,
    audit: { ...AUDIT, records: [], cursor: 1 }
  }
  expect(breachesOf({ ...SOUND, desks: [stopped] })).toEqual([])
  const lost = { commandId: 'gone', desk: 'desk-1', caseId: 'case-1', no: 3 }
  expect(breachesOf({ ...SOUND, saved: [...SOUND.saved, lost], desks: [stopped] })).toHaveLength(1)
})
