/** Runs at once, and of what is asked for in the pause after it, once more at its end: a flood of news is one question. */
export function paced(run: () => void, pauseMs: number): { run: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null
  let isWanted = false
  const rest = (): void => {
    timer = setTimeout(() => {
      timer = null
      if (!isWanted) return
      isWanted = false
      run()
      rest()
    }, pauseMs)
  }
  return {
    run: () => {
      if (timer !== null) {
        isWanted = true
        return
      }
      run()
      rest()
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
      timer = null
      isWanted = false
    }
  }
}
