const startedAt = Number(process.env.MNK_T0 ?? 0)

/** Prints how long after `MNK_T0` (epoch milliseconds) a step of the start was reached; silent without it. */
export function markStart(step: string): void {
  if (startedAt) process.stdout.write(`MNK_MARK ${step} ${Date.now() - startedAt}\n`)
}
