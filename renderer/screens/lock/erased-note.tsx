import { useTranslation } from 'react-i18next'
import type { ErasedView } from '#shared/ipc/device-views.ts'
import { Banner } from '../../design-system/states.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { useWorkWords } from '../../i18n/use-work-words.ts'

/** What lay on this PC was deleted: by whose will, what became of unsent work, what to do now. */
export function ErasedNote({ erased }: { erased: ErasedView }) {
  const { t } = useTranslation('lock')
  const workWords = useWorkWords()
  const { reason, at, unsent, documents, isHandedOver, lost } = erased
  const fate = unsent + documents === 0 ? 'nothing' : isHandedOver ? 'handedOver' : 'waits'
  return (
    <div data-erased={reason}>
      <Banner tone="warn" icon="erase">
        <strong>{t(`erased.title.${reason}`)}</strong>
        <p>{t(`erased.why.${reason}`, { at: formatInstant(at) })}</p>
        <p>{t(`erased.unsent.${fate}`, { work: workWords({ commands: unsent, documents }) })}</p>
        {lost > 0 && <p>{t('erased.lost', { n: formatCount(lost) })}</p>}
        <p>{t('erased.next')}</p>
      </Banner>
    </div>
  )
}
