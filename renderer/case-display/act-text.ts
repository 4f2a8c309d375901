import { useTranslation } from 'react-i18next'
import type { CommandName } from '#shared/commands/command.ts'
import { COMMAND_KEYS } from './command-words.ts'

const isCommandName = (name: string): name is CommandName => Object.hasOwn(COMMAND_KEYS, name)

/** What kind of act a command of the centre's lists is; of one that this program does not know, that it is unknown. */
export function useActText(): (name: string | null) => string {
  const { t } = useTranslation(['domain', 'quarantine'])
  return (name) => (name !== null && isCommandName(name) ? t(COMMAND_KEYS[name]) : t('quarantine:unknownAct'))
}
