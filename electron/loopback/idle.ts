// When the host ends by itself: a while after the last tab, unless a job runs (money rule 22).

export interface IdleOptions {
  tabs(): number
  runningJobs(): number
  end(): void
  /** Wall time after the last tab. */
  lingerMs?: number
  /** Wall time for the first tab to come. */
  firstMs?: number
}

export interface Idle {
  /** To be called whenever a tab came or went, or an address was printed again. */
  look(): void
  stop(): void
}

export function watchIdle({
  tabs,
  runningJobs,
  end,
  lingerMs = 60_000,
  firstMs = 600_000,
}: IdleOptions): Idle {
  let timer: NodeJS.Timeout | undefined

  function wait(ms: number): void {
    clearTimeout(timer)
    timer = setTimeout(() => {
      if (tabs() > 0) return
      // A job that runs keeps the host; once it has ended, the person gets the whole time again to come back.
      if (runningJobs() > 0) wait(lingerMs)
      else end()
    }, ms)
  }

  wait(firstMs)
  return {
    look() {
      if (tabs() > 0) clearTimeout(timer)
      else wait(lingerMs)
    },
    stop: () => clearTimeout(timer),
  }
}
