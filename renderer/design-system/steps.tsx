import './steps.css'
import { Icon } from './icons.tsx'

export interface Step {
  key: string
  label: string
  /** A few quiet words after the label: the day it was reached. */
  note?: string
  stage: 'done' | 'now' | 'ahead'
}

/** Where something stands on its way. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step, index) => (
        <li
          key={step.key}
          className={`steps__step steps__step--${step.stage}`}
          aria-current={step.stage === 'now' ? 'step' : undefined}
        >
          <span className="steps__mark">{step.stage === 'done' ? <Icon name="check" size={14} /> : index + 1}</span>
          <span>
            {step.label} {step.note && <span className="steps__note">{step.note}</span>}
          </span>
        </li>
      ))}
    </ol>
  )
}
