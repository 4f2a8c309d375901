import { useTranslation } from 'react-i18next'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { PolicyFile } from '#shared/domain/policy/policy-data.ts'
import { type PolicyItem, policyItems } from '#shared/domain/policy/policy-items.ts'
import { Pill } from '../../design-system/pill.tsx'

/** 제1조: the purposes, and both files with every item, its necessity, bases and term. */
export function FilesAndPurposes({ policy }: { policy: PolicyRegister }) {
  const items = policyItems(policy)
  return (
    <>
      <ol className="article__list">
        {policy.purposes.map(({ id, no, title, text }) => (
          <li key={id}>
            <strong>
              {no}. {title}
            </strong>
            <p>{text}</p>
          </li>
        ))}
      </ol>
      {policy.files.map((file) => (
        <FileTable key={file.id} file={file} items={items.filter((item) => item.file.id === file.id)} />
      ))}
    </>
  )
}

function FileTable({ file, items }: { file: PolicyFile; items: readonly PolicyItem[] }) {
  const { t } = useTranslation('policy')
  return (
    <div className="article__table">
      <table>
        <caption>
          {file.no}. {file.name} <span className="faint">{file.retention.text}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{t('column.group')}</th>
            <th scope="col">{t('column.items')}</th>
            <th scope="col">{t('column.bases')}</th>
            <th scope="col">{t('column.retention')}</th>
          </tr>
        </thead>
        <tbody>
          {file.groups.map((group) => (
            <GroupRow key={group.id} group={group} items={items.filter((item) => item.partOf.id === group.id)} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function GroupRow({ group, items }: { group: PolicyFile['groups'][number]; items: readonly PolicyItem[] }) {
  const { t } = useTranslation('policy')
  const bases = new Map(items.flatMap(({ legalBases }) => legalBases).map(({ id, text }) => [id, text]))
  return (
    <tr>
      <th scope="row">
        {group.name} <Pill tone={group.necessity === 'optional' ? 'info' : 'plain'}>{t(group.necessity)}</Pill>
      </th>
      <td>
        <ul className="article__items">
          {items.map((item) => (
            <li key={item.id}>
              {item.name}
              {item.identifier && <span className="faint"> {t('identifier')}</span>}
              {item.derivedFrom.length > 0 && <span className="faint"> {t('derived')}</span>}
            </li>
          ))}
        </ul>
      </td>
      <td>
        {[...bases].map(([id, text]) => (
          <p key={id}>{text}</p>
        ))}
      </td>
      <td>{[...new Set(items.map(({ retention }) => retention.text))].join(', ')}</td>
    </tr>
  )
}

/** 제2조: where the registered files can be looked up. */
export function FilePortal({ policy }: { policy: PolicyRegister }) {
  const { name, url, path, searchTerm } = policy.fileRegistration.portal
  return (
    <p className="article__path">
      {name} ({url}) → {path.join(' → ')} → “{searchTerm}”
    </p>
  )
}
