import { useEffect } from 'react'
import { create } from 'zustand'
import './toast.css'
import { Icon } from './icons.tsx'

interface ToastNote {
  id: number
  tone: 'ok' | 'bad'
  text: string
}

const useToast = create<{ note: ToastNote | null }>(() => ({ note: null }))
const SHOWN_MS = 4000
let lastId = 0

/** Tells the person that something was done or failed, beside what she is doing; screen readers hear it. */
export function toast(text: string, tone: ToastNote['tone'] = 'ok'): void {
  lastId += 1
  useToast.setState({ note: { id: lastId, tone, text } })
}

/** Takes it away at once: it may hold a name. */
export const clearToast = (): void => useToast.setState({ note: null })

/** Where the newest toast appears for a moment; once in the window. */
export function Toasts() {
  const note = useToast((state) => state.note)
  useEffect(() => {
    if (note === null) return
    const timer = setTimeout(() => useToast.setState({ note: null }), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [note])
  return (
    <div className="toasts" role="status" aria-live="polite">
      {note && (
        <p key={note.id} className={`toast toast--${note.tone}`}>
          <Icon name={note.tone === 'ok' ? 'check' : 'warning'} size={18} />
          {note.text}
        </p>
      )}
    </div>
  )
}
