// A queue of small asynchronous tasks of which only so many run at once.

export interface Looking {
  /** Runs `task` as soon as there is room; resolves at its end, or at once when it was let go of before it began. */
  run(task: () => Promise<void>): Promise<void>
  /** Lets go of what has not begun. */
  letGo(): void
}

export function createLooking(atOnce: number): Looking {
  let waiting: { task: () => Promise<void>; settle: () => void }[] = []
  let running = 0

  function next(): void {
    while (running < atOnce) {
      const one = waiting.shift()
      if (!one) return
      running += 1
      void one.task().finally(() => {
        running -= 1
        one.settle()
        next()
      })
    }
  }

  return {
    run: (task) =>
      new Promise((settle) => {
        waiting.push({ task, settle })
        next()
      }),
    letGo() {
      const gone = waiting
      waiting = []
      for (const { settle } of gone) settle()
    },
  }
}
