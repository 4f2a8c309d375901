import { Component, type ReactNode } from 'react'
import { Translation } from 'react-i18next'
import { Button } from '../design-system/button.tsx'
import { ErrorState } from '../design-system/states.tsx'

/** Keeps a fault of one screen from taking the whole window away. */
export class ScreenFault extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <Translation ns={['shell', 'common']}>
        {(t) => (
          <ErrorState
            title={t('shell:screenFault.title')}
            action={<Button onClick={() => this.setState({ failed: false })}>{t('common:retry')}</Button>}
          >
            {t('shell:screenFault.text')}
          </ErrorState>
        )}
      </Translation>
    )
  }
}
