import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from './button.tsx'
import './dialog.css'

interface DialogProps {
  title: ReactNode
  /** Called on Esc, on the close button, and never by a click beside the dialog: what was typed is not lost by a slip. */
  onClose: () => void
  closeLabel: string
  size?: 'small' | 'medium' | 'large'
  /** Buttons at the foot, the main one last. */
  actions?: ReactNode
  /** Enter in a field, Ctrl+Enter in a longer text, or the button of type `submit`. */
  onSubmit?: () => void
  children: ReactNode
}

const FIELDS = '.dialog__body :is(input, textarea, select):not(:disabled)'

/**
 * What the person came for: the first field that is still to fill, or the main button where there is none. A button that
 * takes something away is never met by a slip of Enter: there it is the one that leaves everything as it is.
 */
function firstToFill(dialog: HTMLElement): HTMLElement | null {
  const isAnswered = dialog.querySelector('input[type="radio"]:checked') !== null
  const fields = [...dialog.querySelectorAll<HTMLElement>(FIELDS)]
  const open = fields.find((field) => !(isAnswered && field.matches('input[type="radio"]')))
  const buttons = [...dialog.querySelectorAll<HTMLElement>('.dialog__foot > *')]
  const takesAway = buttons.at(-1)?.matches('.button--danger, .button--destroy') ?? false
  return open ?? buttons.at(takesAway ? 0 : -1) ?? null
}

/** A dialog over everything else. The browser's own: it holds the focus, makes the rest inert and gives the focus back. */
export function Dialog({ title, onClose, closeLabel, size = 'medium', actions, onSubmit, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  useEffect(() => {
    const opened = dialog.current
    const before = document.activeElement
    opened?.showModal()
    if (opened) firstToFill(opened)?.focus()
    return () => {
      opened?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])

  return (
    <dialog
      ref={dialog}
      className={`dialog dialog--${size}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault()
        onClose()
      }}
    >
      <form
        className="dialog__form"
        method="dialog"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          onSubmit?.()
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey && !event.nativeEvent.isComposing) onSubmit?.()
        }}
      >
        <header className="dialog__head">
          <h2 id={titleId}>{title}</h2>
          <IconButton icon="close" label={closeLabel} onClick={onClose} />
        </header>
        <div className="dialog__body stack">{children}</div>
        {actions && <footer className="dialog__foot">{actions}</footer>}
      </form>
    </dialog>
  )
}
