// How a worker thread ends: by itself, when it is told to. Cutting a thread off while SQLite or another native part works
// in it, or leaving the program while a thread is still on its way out, takes the whole program down.

import type { Worker } from 'node:worker_threads'

/** The last message that a thread gets; it closes what it holds and the ports that keep it alive. */
export interface EndMessage {
  end: true
}

/** How long a thread may take to come to its end; only one that computes without ever looking up needs so long. */
const patienceMs = 5000

/** Resolves when the thread is gone; one that does not listen is cut off after a while. */
export async function endThread(worker: Worker, waitMs = patienceMs): Promise<void> {
  // A thread that is gone has no number.
  if (worker.threadId === -1) return
  const gone = new Promise<void>((resolve) => worker.once('exit', () => resolve()))
  worker.ref()
  worker.postMessage({ end: true } satisfies EndMessage)
  const impatience = setTimeout(() => void worker.terminate(), waitMs)
  await gone
  clearTimeout(impatience)
}
