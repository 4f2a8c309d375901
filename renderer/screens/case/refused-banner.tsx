import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Refusal } from '#shared/commands/refusal.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { Banner } from '../../design-system/states.tsx'

/** Why the centre refused what is being corrected. Giving it up asks once more on the spot: the second press does it. */
export function RefusedBanner({ refusal, onDrop }: { refusal: Refusal; onDrop: () => void }) {
  const { t } = useTranslation('case')
  const { refusalText } = useFailureText()
  const [asking, setAsking] = useState(false)
  return (
    <Banner tone="warn" icon="warning">
      <p>{t('refused.banner', { cause: refusalText(refusal) })}</p>
      <Button size="small" kind="danger" onClick={() => (asking ? onDrop() : setAsking(true))}>
        {t(asking ? 'refused.dropReally' : 'refused.drop')}
      </Button>
    </Banner>
  )
}
