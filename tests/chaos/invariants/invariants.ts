import { isDeepStrictEqual } from 'node:util'
import { MOST_EDITS } from '#shared/domain/case/conflict.ts'
import { type CentreCommand, isDone } from '../centre/centre-hand.ts'
import type { Observation, ObservedDesk } from '../office/observe.ts'

/** One promise, and in which ways an observation breaks it: a readable line each. */
export interface Invariant {
  readonly name: string
  readonly breaches: (seen: Observation) => string[]
}

export interface Breach {
  readonly invariant: string
  readonly line: string
}

export const breachesOf = (seen: Observation): Breach[] =>
  INVARIANTS.flatMap(({ name, breaches }) => breaches(seen).map((line) => ({ invariant: name, line })))

const atRest: Invariant = {
  name: 'over sound lines every desk comes to rest',
  breaches: ({ restless }) => [...restless]
}

/** What the people of these desks can see in their outbox: waiting, refused, or parked with the reason. */
const shownIn = (desks: readonly ObservedDesk[]): Set<string> =>
  new Set(
    desks.flatMap(({ audit }) => [
      ...(audit?.outbox.map(({ commandId }) => commandId) ?? []),
      ...(audit?.parked.map(({ id }) => id) ?? [])
    ])
  )

const savedIsSomewhere: Invariant = {
  name: 'every command that was saved is at the centre or waits where its author sees it',
  breaches: ({ saved, excused, commands, desks }) => {
    const known = new Set(commands.map(({ id }) => id))
    const kept = shownIn(desks)
    return saved
      .filter(({ commandId }) => !known.has(commandId) && !kept.has(commandId) && !excused.has(commandId))
      .map(({ commandId, desk, caseId }) => `${commandId} of ${desk} about case ${caseId} is nowhere`)
  }
}

/** Refused commands stay with their author; of those that only wait to be seen, the centre may know nothing more. */
const refusedIsShown: Invariant = {
  name: 'a refused command stands in the outbox of its author until she gives it up',
  breaches: ({ saved, excused, commands, desks, districts }) => {
    const outcomes = new Map(commands.map(({ id, outcome }) => [id, outcome]))
    const kept = shownIn(desks)
    // Where its case is gone, a line without content said so; that goes with its store.
    const cases = new Set(districts.flatMap(({ records }) => records.map((record) => record.case.id)))
    return saved.flatMap(({ commandId, desk, caseId }) => {
      const outcome = outcomes.get(commandId)
      if (outcome?.type !== 'Refused' || outcome.refusal.type === 'NothingToChange') return []
      if (kept.has(commandId) || excused.has(commandId) || !cases.has(caseId)) return []
      return [`${commandId} of ${desk} was refused (${outcome.refusal.type}) and is not in its outbox`]
    })
  }
}

const oncePerCommand: Invariant = {
  name: 'no command is done twice, and none that nobody gave is done',
  breaches: ({ saved, unanswered, commands, districts, moves, restores, lost, keptOut }) => {
    const twice = commands.filter(({ id }, index) => commands.findIndex((other) => other.id === id) < index)
    const given = new Set(saved.map(({ commandId }) => commandId))
    // A document's command is made by the store itself, once its pieces are at the centre.
    const revs = new Map(commands.map((command) => [command.id, revOf(command)]))
    // Not given back, and perhaps sent anew from an older copy of the store, where it waited.
    const forgotten = (id: string): number =>
      lost.filter((command) => command.caseId === id && isDone(command) && revs.get(command.id) !== revOf(command))
        .length
    const strangers = commands.filter(({ id, name }) => !given.has(id) && name !== 'case.attach')
    const effects = districts.flatMap(({ records }) =>
      records.flatMap(({ case: { id }, rev }) => {
        const done = commands.filter((command) => command.caseId === id && isDone(command))
        const most = done.length + (moves.get(id) ?? 0)
        // What a store that is no more had sent may have come back as the record of another PC alone, and a move with it.
        const least = restores === 0 ? most : done.filter((command) => !keptOut.has(command.id)).length
        const late = done.filter(({ cameLate }) => cameLate).length
        const isRight = rev >= least && rev <= most + forgotten(id) + late
        return isRight
          ? []
          : [`case ${id} stands at revision ${rev} after ${done.length} commands and ${moves.get(id) ?? 0} moves`]
      })
    )
    return [
      ...twice.map(({ id }) => `${id} is in the history twice`),
      ...(strangers.length > unanswered
        ? [
            `${strangers.length} commands at the centre were never answered to anybody, but only ${unanswered} were asked`
          ]
        : []),
      ...effects
    ]
  }
}

const revOf = ({ outcome }: CentreCommand): number | null => ('rev' in outcome ? outcome.rev : null)

const bothValuesKept: Invariant = {
  name: 'a value that could not be set lies beside the standing one until somebody chooses',
  breaches: ({ commands, districts, saved, keptOut, restores }) => {
    const pcs = new Map(saved.map(({ commandId, desk }) => [commandId, desk.replace(/-copy-\d+$/, '')]))
    const cases = new Map(districts.flatMap(({ records }) => records.map((record) => [record.case.id, record.case])))
    return commands.flatMap(({ id, issuedBy, issuedAt, caseId, outcome }) => {
      const subject = cases.get(caseId ?? '')
      if (outcome.type !== 'Conflict' || subject === undefined || subject.edits.length === MOST_EDITS) return []
      if (keptOut.has(id)) return [] // given back for a case that had gone to another district: handed over, value and all
      const conflicts = [
        ...subject.conflicts,
        ...subject.edits.flatMap(({ closed }) => closed.map(({ conflict }) => conflict))
      ]
      // The author, or somebody at the same PC who saw it there, may have typed a newer one, which then lies in its place.
      const isNewer = (commandId: string): boolean => pcs.has(id) && pcs.get(commandId) === pcs.get(id)
      const isKept = (field: string): boolean =>
        conflicts.some(
          ({ field: about, mine }) =>
            about === field && (mine.commandId === id || mine.by === issuedBy || isNewer(mine.commandId))
        )
      // Done again after a restore, it may have come before the other: then that one's value lies beside.
      const isSet = (field: string): boolean =>
        restores > 0 &&
        subject.edits.some(
          ({ by, at, fields }) =>
            by === issuedBy && Date.parse(at) === Date.parse(issuedAt ?? '') && fields.some((about) => about === field)
        )
      return outcome.fields
        .filter((field) => !isKept(field) && !isSet(field))
        .map((field) => `the ${field} of ${id} is neither open nor decided in case ${caseId}`)
    })
  }
}

const inOrder: Invariant = {
  name: 'the commands of a PC stand in the order of their making, and no number counts twice',
  breaches: ({ commands, lost, renumbered }) => {
    const counted = commands.filter(isCounted)
    // A centre that was set back lacks what nobody could give back.
    const lostPlaces = new Set(lost.map(({ deviceId, deviceSeq }) => `${deviceId} ${deviceSeq}`))
    return [...new Set(counted.map(({ deviceId }) => deviceId))].flatMap((deviceId) => {
      const own = counted.flatMap((one) => (one.deviceId === deviceId && one.deviceSeq !== null ? one.deviceSeq : []))
      const numbers = new Set(own)
      const twice = own.filter((seq, index) => own.indexOf(seq) < index)
      const holes = Array.from({ length: Math.max(0, ...own) }, (_, index) => index + 1).filter(
        (seq) => !numbers.has(seq) && !lostPlaces.has(`${deviceId} ${seq}`)
      )
      // A command that the centre had under another id of the PC takes a number, and no second line in the history.
      const isRight = holes.length <= (renumbered.get(deviceId) ?? 0)
      return [
        ...twice.map((seq) => `PC ${deviceId}: number ${seq} counts twice`),
        ...(isRight ? [] : [`PC ${deviceId}: the numbers ${holes.join(', ')} are missing`])
      ]
    })
  }
}

/** A command under a number that another one had has no place in the sequence. */
const isCounted = ({ outcome }: CentreCommand): boolean =>
  outcome.type !== 'Refused' || outcome.refusal.type !== 'DeviceSequenceReused'

/** A desk that has stopped and says so receives nothing; its work is kept, and that is looked at like anybody's. */
const goesOn = ({ halt }: ObservedDesk): boolean => halt === null

const stopsForCause: Invariant = {
  name: 'only a PC whose files were copied or set back is told so',
  breaches: ({ desks }) =>
    desks
      .filter(({ halt, wasCopied }) => halt === 'store_copied' && !wasCopied)
      .map(({ name }) => `${name} was told that its store is a copy, and it is none`)
}

const desksAlike: Invariant = {
  name: 'every desk holds what the centre holds of its district, and nothing else',
  breaches: ({ desks, districts }) =>
    desks.filter(goesOn).flatMap(({ name, districtCode, audit }) => {
      const centre = districts.find((one) => one.districtCode === districtCode)
      if (audit === null) return [`${name} has no open store`]
      const truth = new Map(centre?.records.map((record) => [record.case.id, record]))
      const held = new Map(audit.records.map((record) => [record.case.id, record]))
      const missing = [...truth.keys()].filter((id) => !held.has(id)).map((id) => `${name} lacks case ${id}`)
      const other = [...held].flatMap(([id, record]) => {
        const known = truth.get(id)
        if (known === undefined) return [`${name} holds case ${id}, which the centre does not give it`]
        return isDeepStrictEqual(known, record)
          ? []
          : [`${name} holds case ${id} otherwise: ${difference(known, record)}`]
      })
      const cursor = audit.cursor === centre?.cursor ? [] : [`${name} stands at ${audit.cursor}, not ${centre?.cursor}`]
      return [...missing, ...other, ...cursor]
    })
}

/** Names the parts that differ, never what stands in them. */
function difference(one: object, other: object, path = ''): string {
  const [a, b] = [one, other] as [Record<string, unknown>, Record<string, unknown>]
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])]
  return keys
    .filter((key) => !isDeepStrictEqual(a[key], b[key]))
    .map((key) => {
      const [left, right] = [a[key], b[key]]
      const isDeep = typeof left === 'object' && typeof right === 'object' && left !== null && right !== null
      return isDeep && path.length < 40 ? difference(left, right, `${path}${key}.`) : `${path}${key}`
    })
    .join(', ')
}

const buriedNowhere: Invariant = {
  name: 'of a destroyed case nothing is left, and a withdrawn one is at no desk',
  breaches: ({ buried, desks }) =>
    buried.flatMap(({ caseId, reason, traces, typed }) => {
      const left =
        reason === 'destroyed' ? traces : traces.filter((table) => table === 'cases' || table === 'blind_indexes')
      return [
        ...left.map((table) => `the centre still has ${reason} case ${caseId} in ${table}`),
        ...desks.filter(goesOn).flatMap(({ name, audit }) => {
          const places = [
            ...(audit?.records.some((record) => record.case.id === caseId) ? ['its cases'] : []),
            ...(audit?.outbox.some((entry) => entry.caseId === caseId) ? ['its outbox'] : []),
            ...(audit?.drafts.some((draft) => draft.caseId === caseId || draft.id === caseId) ? ['its drafts'] : []),
            ...(audit?.markersFound.some((marker) => typed.includes(marker)) ? ['the pages of its file'] : [])
          ]
          return places.map((place) => `${name} still has ${reason} case ${caseId} in ${place}`)
        })
      ]
    })
}

const keptOutKept: Invariant = {
  name: 'a command for a case that is gone lies sealed at the centre',
  breaches: ({ commands, keptOut, buried, restores }) => {
    // What lay handed over when its case was buried was dropped with it, and its line does not come back.
    const dropped = new Set(restores === 0 ? [] : buried.map(({ caseId }) => caseId))
    const isDropped = ({ caseId, outcome }: CentreCommand) =>
      outcome.type === 'HandedOver' && caseId !== null && dropped.has(caseId)
    return commands
      .filter((command) => ['Quarantined', 'HandedOver'].includes(command.outcome.type) && !isDropped(command))
      .filter(({ id }) => !keptOut.has(id))
      .map(({ id, outcome }) => `${id} was answered ${outcome.type} and lies nowhere`)
  }
}

const documentsWhole: Invariant = {
  name: 'a document that was attached is whole at the centre, or stands at its PC with the reason',
  breaches: ({ documents, pieces, excused, buried, districts, desks, restores, commands }) => {
    const gone = new Set(buried.map(({ caseId }) => caseId))
    const attached = new Map(
      districts.flatMap(({ records }) =>
        records.flatMap(({ case: { documents: held } }) => held.map((one) => [one.documentId, one] as const))
      )
    )
    // Pieces that came after the backup are at the PCs alone, if anywhere.
    const halfThere = (restores > 0 ? [] : [...attached]).flatMap(([id, { chunks }]) =>
      pieces.get(id) === new Set(chunks).size ? [] : [`${id} has ${pieces.get(id) ?? 0} of its ${chunks.length} pieces`]
    )
    // Of one whose case was gone before it could go up, a line without content says why.
    const standing = new Set(
      desks.flatMap(({ audit }) => [
        ...(audit?.attachments.map(({ documentId }) => documentId) ?? []),
        ...(audit?.parked.map(({ id }) => id) ?? [])
      ])
    )
    // Of a case that another district has it lies sealed there: under its own id when a PC handed it over, else under that
    // of the command that had been made for it, which does not say outside which document it attaches.
    const sealed = commands.filter(({ name, outcome }) => name === 'case.attach' && outcome.type === 'HandedOver')
    for (const { id } of sealed) standing.add(id)
    const named = new Set(documents.map(({ documentId }) => documentId))
    const unnamed = sealed.flatMap(({ id, caseId }) => (named.has(id) ? [] : [caseId]))
    const isSealedUnnamed = (caseId: string): boolean => {
      const at = unnamed.indexOf(caseId)
      if (at >= 0) unnamed.splice(at, 1)
      return at >= 0
    }
    const lost = documents.filter(
      ({ documentId, caseId }) =>
        !attached.has(documentId) &&
        !standing.has(documentId) &&
        !gone.has(caseId) &&
        !excused.has(documentId) &&
        !isSealedUnnamed(caseId)
    )
    const waiting = desks
      .filter(goesOn)
      .flatMap(({ name, audit }) => audit?.attachments.map((one) => ({ name, ...one })) ?? [])
      .filter(({ state }) => state !== 'refused')
    return [
      ...halfThere,
      ...lost.map(({ documentId, desk, caseId }) => `${documentId} of ${desk} for case ${caseId} is nowhere`),
      ...waiting.map(({ name, documentId, state }) => `${name} is at rest and ${documentId} is still ${state}`)
    ]
  }
}

const nothingProvisional: Invariant = {
  name: 'nothing provisional is left where nothing waits',
  breaches: ({ desks }) =>
    desks.filter(goesOn).flatMap(({ name, audit }) => audit?.provisional.map((line) => `${name}: ${line}`) ?? [])
}

const indexAgrees: Invariant = {
  name: 'lists, counts and search agree with the cases',
  breaches: ({ desks }) => desks.flatMap(({ name, audit }) => audit?.indexFlaws.map((line) => `${name}: ${line}`) ?? [])
}

const logsWhole: Invariant = {
  name: 'the access logs are whole',
  breaches: ({ desks }) =>
    desks.flatMap(({ name, audit }) => (audit?.chainBreak ? [`${name}: ${audit.chainBreak}`] : []))
}

const draftsKept: Invariant = {
  name: 'a draft that was saved is there until it is used, thrown away or gone with its case',
  breaches: ({ drafts, desks, districts }) =>
    drafts.flatMap(({ id, desk, caseId }) => {
      const holder = desks.find(({ name }) => name === desk)
      const scope = districts.find(({ districtCode }) => districtCode === holder?.districtCode)
      const wentWithCase = caseId !== null && scope?.records.every((record) => record.case.id !== caseId)
      const isThere = holder?.audit?.drafts.some((draft) => draft.id === id)
      return isThere === false && !wentWithCase ? [`${desk} lost draft ${id}`] : []
    })
}

const noPlaintext: Invariant = {
  name: 'no file holds in clear what people typed',
  breaches: ({ plaintext }) => plaintext.map((file) => `readable in ${file}`)
}

const storesOpen: Invariant = {
  name: 'a store opens as long as nobody did away with it or with what opens it',
  breaches: ({ broken }) => [...broken]
}

const noFaults: Invariant = {
  name: 'neither a desk nor the centre reports a fault of the program',
  breaches: ({ faults }) => faults.map(({ where, words }) => `${where}: ${words.slice(0, 600)}`)
}

export const INVARIANTS: readonly Invariant[] = [
  atRest,
  savedIsSomewhere,
  refusedIsShown,
  oncePerCommand,
  bothValuesKept,
  inOrder,
  stopsForCause,
  desksAlike,
  buriedNowhere,
  keptOutKept,
  documentsWhole,
  nothingProvisional,
  indexAgrees,
  logsWhole,
  draftsKept,
  noPlaintext,
  storesOpen,
  noFaults
]
