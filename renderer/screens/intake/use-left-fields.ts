import { type RefObject, useEffect } from 'react'
import { proposeHolder, splitRoad } from './intake-edits.ts'
import { editIntake, leaveField, useIntake } from './intake-state.ts'

const pathOf = (target: EventTarget | null): string | null =>
  target instanceof Element ? (target.closest('[data-field]')?.getAttribute('data-field') ?? null) : null

/** Notes each field of the form as it is left, and puts in order what was typed or pasted into it. */
export function useLeftFields(form: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const place = form.current
    const onLeave = ({ target }: FocusEvent): void => {
      const path = pathOf(target)
      if (path === null) return
      leaveField(path)
      if (path === 'applicant.road') editIntake(splitRoad)
      if (path === 'applicant.accountNumber' && hasNoHolder()) editIntake(proposeHolder)
    }
    const onPaste = ({ target }: ClipboardEvent): void => {
      if (pathOf(target) === 'applicant.road') setTimeout(() => editIntake(splitRoad))
    }
    place?.addEventListener('focusout', onLeave)
    place?.addEventListener('paste', onPaste)
    return () => {
      place?.removeEventListener('focusout', onLeave)
      place?.removeEventListener('paste', onPaste)
    }
  }, [form])
}

const hasNoHolder = (): boolean => {
  const applicant = useIntake.getState().form?.applicant
  return applicant?.accountHolder === '' && applicant.accountNumber !== ''
}
