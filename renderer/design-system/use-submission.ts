import { useState } from 'react'

interface Submission {
  readonly busy: boolean
  /** Why it was not done. */
  readonly failed: string | null
  /** `work` gives null when it is done, else the words that say why not. While one is under way another is not begun. */
  readonly submit: (work: () => Promise<string | null>) => Promise<void>
}

/** What a dialog sends: once at a time; it stays open with the reason, and closes when it is done. */
export function useSubmission(onDone: () => void): Submission {
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = async (work: () => Promise<string | null>): Promise<void> => {
    if (busy) return
    setBusy(true)
    const text = await work()
    setBusy(false)
    setFailed(text)
    if (text === null) onDone()
  }
  return { busy, failed, submit }
}
