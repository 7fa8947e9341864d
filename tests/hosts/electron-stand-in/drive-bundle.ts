// Runs the built main process against the stand-in, in a process of its own, and prints what was seen as JSON.
// Arguments: the bundle's entry, then the host's own.

import { registerHooks } from 'node:module'
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'

const standIn = new URL('./stand-in.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === 'electron' ? { url: standIn, shortCircuit: true } : next(specifier, context),
})

const electron = await import('./stand-in.ts')
const entry = pathToFileURL(process.argv[2] ?? '').href
process.argv.splice(1, 2, 'sverka')

// Electron is ready only after the entry has been evaluated: an entry that waits for it would never end.
await import(entry)
electron.becomeReady()
while (electron.record.windows.length === 0 && electron.record.exitCode === undefined) {
  await new Promise((resolve) => setTimeout(resolve, 10))
}
const [window] = electron.record.windows
if (!window) throw new Error(JSON.stringify(electron.record.errorBoxes))

const page = await electron.schemes.get('app')?.(new Request('app://sverka/'))
const event = { sender: window.webContents, senderFrame: window.webContents.mainFrame }
electron.ipcMain.emit('sverka:open', event)
electron.ipcMain.emit('sverka:frame', event, { id: 1, call: 'app.status' })
electron.ipcMain.emit('sverka:frame', event, { id: 2, call: 'jobs.list' })
while (window.webContents.sent.length < 3) await new Promise((resolve) => setTimeout(resolve, 10))

const closed = once(window, 'closed')
window.close()
await closed
process.stdout.write(
  JSON.stringify({
    order: electron.record.order,
    webPreferences: window.options.webPreferences,
    page: {
      status: page?.status,
      policy: page?.headers.get('content-security-policy'),
      text: await page?.text(),
    },
    frames: window.webContents.sent.map(({ value }) => value),
  }),
)
