import { useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { RadioGroup } from '../../design-system/radio-group.tsx'

const PERCENTS = ['80', '100', '125', '150', '200'] as const
type Percent = (typeof PERCENTS)[number]

/** Size of everything in the window; Ctrl with plus or minus does the same. */
export function ZoomSetting() {
  const { t } = useTranslation('settings')
  const percent = useSyncExternalStore(onResize, zoomNow)
  return (
    <RadioGroup
      label={t('look.zoom')}
      choices={PERCENTS.map((value) => ({ value, label: `${value}%` }))}
      value={percent}
      onChange={(chosen) => window.desk.setZoom(Number(chosen))}
      hint={t('look.zoomHint')}
    />
  )
}

function onResize(changed: () => void): () => void {
  window.addEventListener('resize', changed)
  return () => window.removeEventListener('resize', changed)
}

/** Borders and rounding make the widths differ by a little. */
const TOLERANCE = 4

/** The page's width shrinks as everything in it grows; null between the steps. */
function zoomNow(): Percent | null {
  const measured = (window.outerWidth / window.innerWidth) * 100
  return PERCENTS.find((percent) => Math.abs(Number(percent) - measured) <= TOLERANCE) ?? null
}
