// How figures are taken and printed: medians, ratios, one line each. Nothing here judges seconds.

/** The middle value; of an even number the lower of the two in the middle. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.NaN
}

/** Milliseconds of each of `runs` runs, after one that is not counted. */
export async function timed(runs: number, work: () => unknown): Promise<number[]> {
  await work()
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return times
}

/** The same in milliseconds of processor time, all threads together: what other work on the machine hardly moves. */
export async function processorTimed(runs: number, work: () => unknown): Promise<number[]> {
  await work()
  const times: number[] = []
  for (let run = 0; run < runs; run += 1) {
    const start = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(start)
    times.push((user + system) / 1000)
  }
  return times
}

export function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

export const ms = (value: number): string => `${value.toFixed(value < 10 ? 2 : 0)} ms`
export const seconds = (value: number): string => `${(value / 1000).toFixed(2)} s`
export const megabytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(0)} MB`
export const percent = (share: number): string => `${(share * 100).toFixed(1)} %`
export const times = (ratio: number): string => `${ratio.toFixed(2)} x`
