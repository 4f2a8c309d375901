import { useTranslation } from 'react-i18next'
import { Dialog } from '../design-system/dialog.tsx'
import { Kbd } from '../design-system/kbd.tsx'
import { type KeyArea, useKeymap } from '../view-state/keymap.ts'
import { keyName } from './key-names.ts'

interface KeyLine {
  readonly label: string
  readonly keys: readonly string[]
}

/** Every key that works now, those of the screen first. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['shell', 'common'])
  const here = useKeyLines('here')
  const everywhere = [
    ...useKeyLines('everywhere'),
    { label: t('shell:keys.zoom'), keys: ['Ctrl++', 'Ctrl+-', 'Ctrl+0'] },
    { label: t('shell:help.close'), keys: ['Escape'] }
  ]
  return (
    <Dialog title={t('shell:help.title')} onClose={onClose} closeLabel={t('common:close')} size="large">
      <div className="help">
        {here.length > 0 && <KeyList title={t('shell:help.here')} lines={here} />}
        <KeyList title={t('shell:help.everywhere')} lines={everywhere} />
      </div>
    </Dialog>
  )
}

function KeyList({ title, lines }: { title: string; lines: readonly KeyLine[] }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul className="help__list">
        {lines.map(({ label, keys }) => (
          <li key={label}>
            <span>{label}</span>
            <span className="help__keys">
              {keys.map((key) => (
                <Kbd key={key}>{keyName(key)}</Kbd>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Keys that do the same stand on one line. */
function useKeyLines(area: KeyArea): KeyLine[] {
  const sets = useKeymap((keymap) => keymap.sets)
  const byLabel = new Map<string, string[]>()
  for (const set of sets.values()) {
    if (set.area !== area) continue
    for (const { label, keys } of set.bindings) {
      if (label) byLabel.set(label, [...(byLabel.get(label) ?? []), keys])
    }
  }
  return [...byLabel].map(([label, keys]) => ({ label, keys }))
}
