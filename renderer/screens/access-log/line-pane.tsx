import { useTranslation } from 'react-i18next'
import type { LogLine, LogStand } from '#shared/ipc/access-log-views.ts'
import { Button, TextButton } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Banner } from '../../design-system/states.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { goTo } from '../../view-state/navigation.ts'
import { useLineWords } from './use-line-words.ts'

interface LinePaneProps {
  line: LogLine
  pcs: readonly LogStand[]
  onCase: (caseId: string) => void
}

/** One line: all that it says, what is wrong with it, and the ways to its cases. */
export function LinePane({ line, pcs, onCase }: LinePaneProps) {
  const { t } = useTranslation('accessLog')
  const { actText, whoText, pcText, details } = useLineWords(pcs)
  const { no, at, receivedAt, address, deviceId, reason, marks, cases } = line
  const only = line.caseIds.length === 1 ? line.caseIds[0] : undefined
  const followCase = (): void => {
    if (only !== undefined) onCase(only)
  }
  useKeys('here', [{ keys: 'F4', label: t('followCase'), run: followCase, hint: only !== undefined }])
  return (
    <aside className="card office-pane" aria-label={t('pane')}>
      <header className="card__head">
        <h2 className="office-pane__name">{actText(line)}</h2>
        <span className="faint">{t('lineNo', { no: formatCount(no) })}</span>
      </header>
      {marks.map((mark) => (
        <Banner key={mark} tone="bad" icon="warning">
          <strong>{t(`mark.${mark}`)}</strong> {t(`markText.${mark}`)}
        </Banner>
      ))}
      <Facts>
        <Fact name={t('column.who')}>{whoText(line)}</Fact>
        <Fact name={t('atPc')}>{formatInstant(at)}</Fact>
        <Fact name={t('atCentre')}>{formatInstant(receivedAt)}</Fact>
        <Fact name={t('column.pc')}>{pcText(deviceId)}</Fact>
        <Fact name={t('address')}>{address}</Fact>
        {details(line).map(({ name, text }) => (
          <Fact key={name} name={name}>
            {text}
          </Fact>
        ))}
        <Fact name={t('column.reason')}>{reason ?? '—'}</Fact>
        {line.caseIds.length > 0 && (
          <Fact name={t('column.subject')}>
            <ul className="log-cases">
              {cases.map(({ caseId, applicationNo }) => (
                <li key={caseId}>
                  {applicationNo === null ? (
                    <span className="faint">{t('caseNotHere')}</span>
                  ) : (
                    <TextButton onClick={() => goTo({ screen: 'case', caseId })}>{applicationNo}</TextButton>
                  )}
                </li>
              ))}
              {line.caseIds.length > cases.length && (
                <li className="faint">{t('moreCases', { n: formatCount(line.caseIds.length - cases.length) })}</li>
              )}
            </ul>
          </Fact>
        )}
      </Facts>
      {only !== undefined && (
        <div className="office-pane__acts">
          <Button icon="search" kbd="F4" onClick={followCase}>
            {t('followCase')}
          </Button>
        </div>
      )}
    </aside>
  )
}
