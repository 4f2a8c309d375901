import { useEffect } from 'react'
import { create } from 'zustand'
import './toast.css'
import { Icon } from './icons.tsx'

interface ToastNote {
  id: number
  tone: 'ok' | 'bad'
  text: string
}

const useToasts = create<{ notes: readonly ToastNote[] }>(() => ({ notes: [] }))
const KEPT = 3
const SHOWN_MS = 5000
let lastId = 0

/** Tells the person that something was done or failed, beside what she is doing; screen readers hear it. */
export function toast(text: string, tone: ToastNote['tone'] = 'ok'): void {
  lastId += 1
  const note = { id: lastId, tone, text }
  useToasts.setState(({ notes }) => ({ notes: [...notes.slice(1 - KEPT), note] }))
}

/** Where the toasts appear; once in the window. */
export function Toasts() {
  const notes = useToasts((state) => state.notes)
  const newest = notes.at(-1)?.id
  useEffect(() => {
    if (newest === undefined) return
    const timer = setTimeout(() => useToasts.setState({ notes: [] }), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [newest])
  return (
    <div className="toasts" role="status" aria-live="polite">
      {notes.map((note) => (
        <p key={note.id} className={`toast toast--${note.tone}`}>
          <Icon name={note.tone === 'ok' ? 'check' : 'warning'} size={18} />
          {note.text}
        </p>
      ))}
    </div>
  )
}
