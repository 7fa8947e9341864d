// The window's side of the desktop host: the bridge, and nothing else of Electron.

import { contextBridge, ipcRenderer, webUtils } from 'electron'
import type { Result } from '../contract/fault.ts'
import type { Ticket } from '../contract/files.ts'
import type { Bridge, ServerFrame } from '../contract/frames.ts'
import { channels } from '../main/channels.ts'

let listening = false

const bridge: Bridge = {
  send: (frame) => ipcRenderer.send(channels.frame, frame),
  listen(receive) {
    const hear = (_event: unknown, frame: ServerFrame) => receive(frame)
    ipcRenderer.on(channels.frame, hear)
    // The session begins with the first listener: its hello would be lost before.
    if (!listening) ipcRenderer.send(channels.open)
    listening = true
    return () => ipcRenderer.off(channels.frame, hear)
  },
  async claim(file) {
    const { path, name } = place(file)
    return unpack((await ipcRenderer.invoke(channels.claim, path, name)) as Result<Ticket>)
  },
  async deliver(ticket, name) {
    return unpack((await ipcRenderer.invoke(channels.deliver, ticket, name)) as Result<boolean>)
  },
}

/** Only a file that the person chose or dropped has a path; one that a page made has none. */
function place(file: unknown): { path: string; name: string } {
  return file instanceof File
    ? { path: webUtils.getPathForFile(file), name: file.name }
    : { path: '', name: '' }
}

/** Between the two worlds an Error keeps its message alone; a plain object keeps its fields. */
function unpack<T>(result: Result<T>): Promise<T> {
  return result.ok ? Promise.resolve(result.value) : Promise.reject(result.fault)
}

contextBridge.exposeInMainWorld('bridge', bridge)
