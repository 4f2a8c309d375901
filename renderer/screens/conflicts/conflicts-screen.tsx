import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConflictItem, ConflictList } from '#shared/ipc/conflict-views.ts'
import { touchesAnyCase, useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button, TextButton } from '../../design-system/button.tsx'
import { Banner, EmptyState, ErrorState, Skeleton } from '../../design-system/states.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useAccount } from '../../view-state/desk.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { goTo, useNavigation } from '../../view-state/navigation.ts'
import { ConflictPane } from './conflict-pane.tsx'
import { ConflictTable } from './conflict-table.tsx'
import '../../design-system/list-pane.css'
import './conflicts-screen.css'
import { useConflictKeys } from './use-conflict-keys.ts'

/** 충돌함: fields that two people set without knowing of each other, and which of the values shall stand. */
export function ConflictsScreen() {
  const { t } = useTranslation(['conflicts', 'common'])
  const { failureText } = useFailureText()
  const isCaseworker = useAccount()?.role === 'caseworker'
  const { value: list, failure, reload } = useAsked('conflict.list', {}, { again: touchesAnyCase })
  return (
    <div className="screen">
      <header className="screen__head">
        <h1>{t('conflicts:title')}</h1>
        {list && list.total > 0 && (
          <span className="faint">{t('conflicts:count', { n: formatCount(list.total) })}</span>
        )}
        <span className="grow" />
        {isCaseworker && <ToHandedOver />}
      </header>
      {failure && failure.type !== 'Locked' && !list && (
        <ErrorState title={failureText(failure)} action={<Button onClick={reload}>{t('common:retry')}</Button>} />
      )}
      {!list && !failure && <Skeleton lines={6} label={t('common:loading')} />}
      {list && <Conflicts list={list} />}
    </div>
  )
}

/** What waits for a hand as conflicts do: edits that another district had not sent when a case came from there. */
function ToHandedOver() {
  const { t } = useTranslation('quarantine')
  const count = useAsked('handedOver.list', {}).value?.length ?? 0
  const open = (): void => goTo({ screen: 'handedOver' })
  useKeys('here', [{ keys: 'F4', label: t('handedOver.title'), run: open, hint: count > 0 }])
  return (
    <Button kbd="F4" data-to="handed-over" onClick={open}>
      {count === 0 ? t('handedOver.title') : t('handedOver.open', { n: formatCount(count) })}
    </Button>
  )
}

function Conflicts({ list }: { list: ConflictList }) {
  const { t } = useTranslation('conflicts')
  const { items, total } = list
  const isCaseworker = useAccount()?.role === 'caseworker'
  const { selected, select, isGone } = useSelected(items)
  const again = useDecidedLast()
  const shown = again.item ?? selected
  const chooseRow = (conflictId: string): void => {
    again.close()
    select(conflictId)
  }
  useConflictKeys({ items, selected, select: chooseRow, reopen: again.reopen })
  if (shown === null) {
    return (
      <>
        <DecidedLast again={again} />
        <EmptyState icon="check" title={t('empty.title')}>
          {t('empty.text')}
        </EmptyState>
      </>
    )
  }
  return (
    <>
      <DecidedLast again={again} />
      {isGone && <Banner icon="info">{t('gone')}</Banner>}
      {!isCaseworker && <Banner icon="info">{t('readOnly')}</Banner>}
      {total > items.length && <Banner icon="info">{t('more', { n: formatCount(total - items.length) })}</Banner>}
      <div className="list-pane conflicts">
        <ConflictTable items={items} selectedId={shown.conflictId} onSelect={chooseRow} />
        <ConflictPane key={shown.conflictId} item={shown} mayDecide={isCaseworker} onDecided={again.remember} />
      </div>
    </>
  )
}

/** The chosen conflict. When it is decided, the one that takes its place in the list is chosen by itself. */
function useSelected(items: readonly ConflictItem[]) {
  const asked = useNavigation(({ place }) => (place.screen === 'conflicts' ? place.conflictId : null))
  const [selectedId, setSelectedId] = useState(asked)
  const lastAt = useRef(0)
  useEffect(() => setSelectedId(asked), [asked])
  const at = items.findIndex(({ conflictId }) => conflictId === selectedId)
  const selected = items[at] ?? items[Math.min(lastAt.current, items.length - 1)] ?? null
  if (selected !== null) lastAt.current = items.indexOf(selected)
  const isGone = asked !== null && asked === selectedId && at < 0
  return { selected, select: setSelectedId, isGone }
}

/** The conflict that was decided last in this screen, for as long as somebody may want to choose otherwise. */
function useDecidedLast() {
  const [last, setLast] = useState<ConflictItem | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  return {
    last,
    /** It is shown once more. */
    item: isOpen ? last : null,
    remember: (item: ConflictItem): void => {
      setLast(item)
      setIsOpen(false)
    },
    reopen: last === null || isOpen ? null : () => setIsOpen(true),
    close: () => setIsOpen(false)
  }
}

function DecidedLast({ again: { last, reopen } }: { again: ReturnType<typeof useDecidedLast> }) {
  const { t } = useTranslation(['conflicts', 'domain'])
  if (last === null || reopen === null) return null
  return (
    <Banner tone="ok" icon="check">
      {t('conflicts:last', { name: last.applicantName, field: t(`domain:field.${last.field}`) })}{' '}
      <TextButton onClick={reopen}>{t('conflicts:again')}</TextButton>
    </Banner>
  )
}
