import './progress-bar.css'

interface ProgressBarProps {
  /** What goes on, for screen readers. */
  label: string
  done: number
  of: number
  /** The same in words, with the numbers. */
  words: string
  /** A few quiet words at the right: speed, time left. */
  aside?: string
}

/** How much of how much: never a bar without its numbers. */
export function ProgressBar({ label, done, of, words, aside }: ProgressBarProps) {
  const share = of === 0 ? 1 : Math.min(1, done / of)
  return (
    <div className="progress">
      <p className="progress__words">
        <strong>{words}</strong>
        {aside && <span className="faint">{aside}</span>}
      </p>
      <div
        className="progress__track"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={of}
        aria-valuenow={Math.min(done, of)}
        aria-valuetext={words}
      >
        <div className="progress__done" style={{ width: `${share * 100}%` }} />
      </div>
    </div>
  )
}
