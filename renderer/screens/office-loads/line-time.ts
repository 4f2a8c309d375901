/** A bad line of a 동 office; on a better one it is sooner over. */
export const SLOW_LINE_MBPS = 10

export const secondsOver = (bytes: number, mbps = SLOW_LINE_MBPS): number => (bytes * 8) / (mbps * 1_000_000)
