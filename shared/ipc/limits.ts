/** An idle desk locks after this many minutes at the latest (안전성 확보조치 기준 6조 4항); the office may go lower. */
export const MOST_IDLE_MINUTES = 10
