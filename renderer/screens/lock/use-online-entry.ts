import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react'
import { store } from '../../api/store.ts'
import { showSession } from '../../view-state/desk.ts'
import type { EntryFailure } from './sign-in-failure.ts'

interface ServerAddress {
  readonly url: string
  readonly show: () => void
}

interface OnlineEntry {
  readonly login: string
  readonly setLogin: (login: string) => void
  readonly password: string
  readonly setPassword: (password: string) => void
  /** null until the centre asks for one. */
  readonly code: string | null
  readonly setCode: (code: string) => void
  readonly asked: number
  readonly busy: boolean
  readonly failure: EntryFailure | null
  readonly tried: boolean
  readonly loginField: RefObject<HTMLInputElement | null>
  readonly passwordField: RefObject<HTMLInputElement | null>
  readonly signIn: (event: FormEvent) => Promise<void>
}

const asksForCode = ({ type }: EntryFailure): boolean => type === 'EnrolmentNeeded' || type === 'EnrolmentCodeWrong'

export const isUrl = (text: string): boolean => /^https?:\/\//.test(text.trim()) && URL.canParse(text.trim())

/** What is typed to sign in at the centre, and how the tries went. */
export function useOnlineEntry(givenLogin: string, server: ServerAddress): OnlineEntry {
  const [login, setLogin] = useState(givenLogin)
  const [password, setPassword] = useState('')
  const [code, setCode] = useState<string | null>(null)
  const [asked, setAsked] = useState(0)
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<EntryFailure | null>(null)
  const [tried, setTried] = useState(false)
  const [loginField, passwordField] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)]
  useEffect(() => (givenLogin ? passwordField : loginField).current?.focus(), [givenLogin, loginField, passwordField])

  const refuse = (refusal: EntryFailure): void => {
    setFailure(refusal)
    if (refusal.type === 'CentreNotTrusted') server.show()
    if (refusal.type === 'WrongPassword') setPassword('')
    if (asksForCode(refusal)) {
      setTried(false)
      setCode('')
      setAsked((times) => times + 1)
    } else passwordField.current?.focus()
  }
  const signIn = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (busy || code === '' || !isUrl(server.url)) return
    if (login.trim() === '') return loginField.current?.focus()
    if (password === '') return passwordField.current?.focus()
    setBusy(true)
    const request = { serverUrl: server.url.trim(), login: login.trim(), password }
    const reply = await store.ask('session.signIn', { ...request, ...(code !== null && { enrolmentCode: code }) })
    setBusy(false)
    if (reply.ok) showSession(reply.value)
    else refuse(reply.error)
  }
  const fields = { loginField, passwordField, login, setLogin, password, setPassword, code, setCode }
  return { ...fields, asked, busy, failure, tried, signIn }
}
