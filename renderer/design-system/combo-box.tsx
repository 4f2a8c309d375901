import { getChoseong } from 'es-hangul'
import {
  Button as AriaButton,
  ComboBox as AriaComboBox,
  FieldError,
  I18nProvider,
  Input,
  Label,
  ListBox,
  ListBoxItem,
  Popover,
  Text
} from 'react-aria-components'
import './combo-box.css'
import './field.css'
import type { FieldTexts } from './field.tsx'
import { Icon } from './icons.tsx'
import type { Choice } from './select.tsx'

interface ComboBoxProps<V extends string> extends FieldTexts {
  choices: readonly Choice<V>[]
  value: V | ''
  onChange: (value: V | '') => void
  locale: 'ko' | 'en'
  placeholder?: string
}

/** Whether a choice fits what is typed: its letters anywhere, or the initial consonants of its syllables (ㅇㅅ → 역삼). */
export const fitsTyped = (label: string, typed: string): boolean => {
  const wanted = typed.replace(/\s/g, '').toLowerCase()
  const compact = label.replace(/\s/g, '').toLowerCase()
  return compact.includes(wanted) || getChoseong(compact).includes(wanted)
}

/** One of many, found by typing. */
export function ComboBox<V extends string>(props: ComboBoxProps<V>) {
  const { label, hint, error, required, requiredText, choices, value, onChange, locale, placeholder } = props
  return (
    <I18nProvider locale={locale === 'ko' ? 'ko-KR' : 'en-GB'}>
      <AriaComboBox
        className={error ? 'field field--invalid combo' : 'field combo'}
        selectedKey={value === '' ? null : value}
        onSelectionChange={(key) => onChange((key ?? '') as V | '')}
        defaultFilter={fitsTyped}
        menuTrigger="focus"
        isInvalid={Boolean(error)}
        isRequired={Boolean(required)}
        validationBehavior="aria"
      >
        <Label className="field__label">
          {label}
          {required && <span className="field__required">{requiredText ?? '*'}</span>}
        </Label>
        <div className="combo__box">
          <Input className="input" placeholder={placeholder ?? ''} />
          <AriaButton className="combo__open">
            <Icon name="down" size={16} />
          </AriaButton>
        </div>
        {error && <FieldError className="field__error">{error}</FieldError>}
        {hint && (
          <Text slot="description" className="field__hint">
            {hint}
          </Text>
        )}
        <Popover className="combo__popover" offset={4}>
          <ListBox className="combo__list">
            {choices.map((choice) => (
              <ListBoxItem key={choice.value} id={choice.value} textValue={choice.label} className="combo__choice">
                {choice.label}
              </ListBoxItem>
            ))}
          </ListBox>
        </Popover>
      </AriaComboBox>
    </I18nProvider>
  )
}
