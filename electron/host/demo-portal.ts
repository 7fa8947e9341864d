import type { DemoPortal } from '../backend/ports.ts'

/** Wider than a real portal's bucket (50 and 2 a second): whoever tries the program out does not wait ten minutes. */
const limits = { bucketSize: 500, drainPerSecond: 40 }

/** The stand-in portal, loaded only when somebody opens it. */
export function lendDemoPortal(): DemoPortal {
  return {
    async start() {
      const { startDemoPortal } = await import('../demo-portal/start.ts')
      const running = await startDemoPortal({
        bucket: { size: limits.bucketSize, drain: limits.drainPerSecond },
      })
      return {
        webhookUrl: running.webhookUrl,
        statements: running.statements,
        limits,
        close: () => running.close(),
      }
    },
  }
}
