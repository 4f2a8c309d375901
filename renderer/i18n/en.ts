import accessLog from '#resources/locales/en/access-log.json'
import caseScreen from '#resources/locales/en/case.json'
import caseList from '#resources/locales/en/case-list.json'
import common from '#resources/locales/en/common.json'
import conflicts from '#resources/locales/en/conflicts.json'
import consents from '#resources/locales/en/consents.json'
import destruction from '#resources/locales/en/destruction.json'
import domain from '#resources/locales/en/domain.json'
import intake from '#resources/locales/en/intake.json'
import lock from '#resources/locales/en/lock.json'
import office from '#resources/locales/en/office.json'
import outbox from '#resources/locales/en/outbox.json'
import papers from '#resources/locales/en/papers.json'
import policy from '#resources/locales/en/policy.json'
import provision from '#resources/locales/en/provision.json'
import quarantine from '#resources/locales/en/quarantine.json'
import repair from '#resources/locales/en/repair.json'
import reports from '#resources/locales/en/reports.json'
import settings from '#resources/locales/en/settings.json'
import shell from '#resources/locales/en/shell.json'
import today from '#resources/locales/en/today.json'
import type { Texts } from './ko.ts'

export const en: Texts = {
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
