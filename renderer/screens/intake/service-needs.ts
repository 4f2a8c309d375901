import type { ServiceCode } from '#shared/domain/case/service.ts'

/** What an application for a service is usually made of. Only for the form: what is missing can be handed in later (보완). */
interface ServiceNeeds {
  /** Whether the child is there already at the time of application. */
  readonly child: boolean
  /** Whether somebody who looks after the child applies along. */
  readonly helper: boolean
  /** Whether money is paid to an account or given by the household's income. */
  readonly account: boolean
  readonly income: boolean
}

const NONE: ServiceNeeds = { child: false, helper: false, account: false, income: false }

const NEEDS: Readonly<Record<ServiceCode, ServiceNeeds>> = {
  childcare_kin: { child: true, helper: true, account: true, income: true },
  childcare_private: { child: true, helper: true, account: false, income: true },
  postpartum: { ...NONE, child: true },
  pregnancy_transport: NONE,
  housework: { ...NONE, income: true },
  taxi: { ...NONE, child: true },
  housing: { child: true, helper: false, account: true, income: true },
  self_employed_birth: { ...NONE, child: true, account: true },
  meal_coupon: { ...NONE, child: true },
  birth_gift: NONE
}

export const serviceNeeds = (service: ServiceCode | ''): ServiceNeeds => (service === '' ? NONE : NEEDS[service])
