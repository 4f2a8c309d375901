import { type KeyboardEvent, type Ref, useState } from 'react'
import { IconButton } from './button.tsx'
import { Field, type FieldTexts } from './field.tsx'
import { Icon } from './icons.tsx'
import './password-field.css'

interface PasswordFieldProps extends FieldTexts {
  value: string
  onChange: (value: string) => void
  /** What to say about the keyboard's state. */
  words: { show: string; hide: string; capsLock: string; hangul: string }
  ref?: Ref<HTMLInputElement>
}

const HANGUL = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/

/**
 * A password, which may be pasted and looked at. Tells of the two traps of a Korean keyboard: the caps lock, and letters
 * that arrive as Hangul because the input method is in Korean mode.
 */
export function PasswordField({ value, onChange, words, ref, ...texts }: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  const [capsLock, setCapsLock] = useState(false)
  const [composing, setComposing] = useState(false)
  const readKeyboard = (event: KeyboardEvent): void => setCapsLock(event.getModifierState('CapsLock'))
  const hangul = composing || HANGUL.test(value)
  return (
    <Field {...texts}>
      {(ids) => (
        <>
          <span className="password">
            <input
              {...ids}
              ref={ref}
              className="input"
              type={shown ? 'text' : 'password'}
              autoComplete="off"
              spellCheck={false}
              maxLength={256}
              value={value}
              onChange={(event) => onChange(event.target.value)}
              onKeyDown={readKeyboard}
              onKeyUp={readKeyboard}
              onCompositionStart={() => setComposing(true)}
              onCompositionEnd={() => setComposing(false)}
              onBlur={() => setCapsLock(false)}
            />
            <IconButton
              icon={shown ? 'eyeOff' : 'eye'}
              label={shown ? words.hide : words.show}
              aria-pressed={shown}
              onClick={() => setShown(!shown)}
            />
          </span>
          <span className="password__hints" role="status">
            {capsLock && <KeyboardHint>{words.capsLock}</KeyboardHint>}
            {hangul && <KeyboardHint>{words.hangul}</KeyboardHint>}
          </span>
        </>
      )}
    </Field>
  )
}

function KeyboardHint({ children }: { children: string }) {
  return (
    <span className="field__warning">
      <Icon name="keyboard" size={14} /> {children}
    </span>
  )
}
