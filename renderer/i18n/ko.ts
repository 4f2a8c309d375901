import accessLog from '#resources/locales/ko/access-log.json'
import caseScreen from '#resources/locales/ko/case.json'
import caseList from '#resources/locales/ko/case-list.json'
import common from '#resources/locales/ko/common.json'
import conflicts from '#resources/locales/ko/conflicts.json'
import consents from '#resources/locales/ko/consents.json'
import destruction from '#resources/locales/ko/destruction.json'
import domain from '#resources/locales/ko/domain.json'
import intake from '#resources/locales/ko/intake.json'
import lock from '#resources/locales/ko/lock.json'
import office from '#resources/locales/ko/office.json'
import outbox from '#resources/locales/ko/outbox.json'
import papers from '#resources/locales/ko/papers.json'
import policy from '#resources/locales/ko/policy.json'
import provision from '#resources/locales/ko/provision.json'
import quarantine from '#resources/locales/ko/quarantine.json'
import repair from '#resources/locales/ko/repair.json'
import reports from '#resources/locales/ko/reports.json'
import settings from '#resources/locales/ko/settings.json'
import shell from '#resources/locales/ko/shell.json'
import today from '#resources/locales/ko/today.json'

/** Every text on screen, by area. Korean is the reference: the other languages have the same keys. */
export const ko = {
  common,
  domain,
  shell,
  caseList,
  case: caseScreen,
  today,
  intake,
  lock,
  office,
  outbox,
  conflicts,
  policy,
  provision,
  papers,
  quarantine,
  destruction,
  accessLog,
  consents,
  repair,
  reports,
  settings
}

/** What a language has to bring. */
export type Texts = typeof ko
