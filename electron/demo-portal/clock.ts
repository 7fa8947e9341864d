/** The portal's own time. At scale 0.01 it runs a hundred times faster than the wall, limits and delays included. */

export interface PortalClock {
  /** Milliseconds since 1970 on the portal's clock, with fractions. */
  nowMs(): number
  /** Waits that many portal milliseconds; resolves early when the portal closes. */
  wait(portalMs: number): Promise<void>
  /** Jumps forward without anybody waiting. */
  advance(portalMs: number): void
  stop(): void
}

export function createPortalClock(scale: number, startAtMs: number): PortalClock {
  const begun = performance.now()
  const pending = new Map<NodeJS.Timeout, () => void>()
  let jumped = 0
  return {
    nowMs: () => startAtMs + jumped + (performance.now() - begun) / scale,
    advance: (portalMs) => {
      jumped += portalMs
    },
    wait: (portalMs) =>
      new Promise((resolve) => {
        if (portalMs <= 0) {
          resolve()
          return
        }
        const timer = setTimeout(() => {
          pending.delete(timer)
          resolve()
        }, portalMs * scale)
        pending.set(timer, resolve)
      }),
    stop: () => {
      for (const [timer, resolve] of pending) {
        clearTimeout(timer)
        resolve()
      }
      pending.clear()
    },
  }
}
