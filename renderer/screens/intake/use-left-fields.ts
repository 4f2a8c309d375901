import { type RefObject, useEffect } from 'react'
import { proposeHolder } from './intake-edits.ts'
import { editIntake, leaveField, useIntake } from './intake-state.ts'

/** Notes each field of the form as it is left. */
export function useLeftFields(form: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const place = form.current
    const onLeave = ({ target }: FocusEvent): void => {
      const field = target instanceof Element ? target.closest('[data-field]') : null
      const path = field?.getAttribute('data-field')
      if (!path) return
      leaveField(path)
      if (path === 'applicant.accountNumber' && hasNoHolder()) editIntake(proposeHolder)
    }
    place?.addEventListener('focusout', onLeave)
    return () => place?.removeEventListener('focusout', onLeave)
  }, [form])
}

const hasNoHolder = (): boolean => {
  const applicant = useIntake.getState().form?.applicant
  return applicant?.accountHolder === '' && applicant.accountNumber !== ''
}
