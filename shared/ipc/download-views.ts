/** How the first download of this PC goes, beside how much of how much is here. */
export interface FirstDownloadView {
  /** Cases a second of late; null before it can be told. */
  readonly perSecond: number | null
  readonly secondsLeft: number | null
  /** A person has stopped it. What is here can be worked with, and what waits is sent. */
  readonly isPaused: boolean
}
