// A client connected to the demo portal, with its clock and the portal's own running at one pace.

import { createPortalClient, defaultSettings } from '../../../../electron/backend/portal/create-client.ts'
import { webhookEndpoint } from '../../../../electron/backend/portal/endpoint.ts'
import { startDemoPortal } from '../../../../electron/demo-portal/start.ts'
import type { DemoPortalOptions } from '../../../../electron/demo-portal/start.ts'
import { createFastClock } from './clocks.ts'
import { createLog, directNetwork } from './fake-portal.ts'

/** `user` 0 is an administrator, 1 is not. */
export async function connectDemo(options: DemoPortalOptions & { user?: 0 | 1 } = {}) {
  const { user = 0, ...rest } = options
  const scale = 0.01
  const demo = await startDemoPortal({ payments: 120, scale, today: '2026-11-21', ...rest })
  const clock = createFastClock(1 / scale)
  const log = createLog()
  const client = createPortalClient({
    portalId: 'p_demo0000',
    endpoint: webhookEndpoint(demo.webhooks[user]?.url ?? ''),
    ports: { clock, network: directNetwork, log },
    settings: () => defaultSettings,
    version: '0.1.0',
  })
  const close = async (): Promise<void> => {
    client.close()
    await demo.close()
  }
  return { demo, client, clock, log, close }
}
