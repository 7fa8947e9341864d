// A program of its own that owns the profile, until it is killed or told to end.

import { createBackend } from '../../../electron/backend/backend.ts'
import { systemClock } from '../../../electron/host/system-clock.ts'
import { memoryVault } from '../../../electron/vault/memory-vault.ts'
import { portsFor } from '../../kit/backend-world.ts'
import { createLog } from '../portal/kit/fake-portal.ts'

const [folder = ''] = process.argv.slice(2)
const backend = await createBackend(
  await portsFor(folder, { vault: memoryVault('a test'), clock: systemClock(), log: createLog() }),
)
process.once('message', () => void backend.close().then(() => process.disconnect()))
process.send?.('owns')
