import { useNavigation } from '../../view-state/navigation.ts'
import '../../office/office-screen.css'
import './destruction.css'
import { BatchListScreen } from './batch-list-screen.tsx'
import { BatchScreen } from './batch-screen.tsx'

/** 보유기간·파기: the district's destruction batches, or one of them. */
export function DestructionScreen() {
  const batchId = useNavigation(({ place }) => (place.screen === 'destruction' ? place.batchId : null))
  return batchId === null ? <BatchListScreen /> : <BatchScreen key={batchId} batchId={batchId} />
}
