import type { City, Measured } from './measured.ts'

/** The busiest minute of a working day. Every saved change is told to every connected desk of its district. */
export function workday(city: City, measured: Measured, { gatherMs }: { readonly gatherMs: number }) {
  const seconds = city.hoursADay * 3_600
  const editsASecond = ((city.desks * city.editsADesk) / seconds) * city.peak
  const editsADistrict = editsASecond / city.districts
  const desksADistrict = city.desks / city.districts
  // Changes within the gathering time are told once.
  const pokesADistrict = editsADistrict / (1 + (editsADistrict * gatherMs) / 1_000)
  const pullsASecond = pokesADistrict * desksADistrict * city.districts
  const casesASecond = editsADistrict * desksADistrict * city.districts
  const { push, pull } = measured
  return {
    editsASecond,
    pullsASecond,
    pushCores: (editsASecond * push.serverCpuMsACommand) / 1_000,
    pullCores: (pullsASecond * pull.serverCpuMsAPull + casesASecond * pull.serverCpuMsACase) / 1_000,
    postgresCores: (editsASecond * push.postgresCpuMsACommand + pullsASecond * pull.postgresCpuMsAPull) / 1_000,
    megabitsDown: ((pullsASecond * pull.bytesAPull + casesASecond * pull.bytesACase) * 8) / 1e6
  }
}

export function storage(city: City, { storage: of }: Measured) {
  const commandsAYear = city.desks * city.editsADesk * 250
  return {
    casesGigabytes: (city.cases * of.bytesACase) / 1e9,
    keysGigabytes: (city.cases * of.keyBytesACase) / 1e9,
    commandsGigabytesAYear: (commandsAYear * of.bytesACommand) / 1e9,
    commandsGigabytes: (commandsAYear * city.years * of.bytesACommand) / 1e9,
    walGigabytesADay: (city.desks * city.editsADesk * of.walBytesACommand) / 1e9
  }
}
