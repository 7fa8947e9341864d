import { shell } from 'electron'
import type { Shell } from '../backend/ports.ts'
import { isOpenable } from '../host/system-shell.ts'

export function desktopShell(): Shell {
  return {
    async open(address) {
      if (!isOpenable(address)) throw new Error('not an address to open')
      await shell.openExternal(address)
    },
    reveal(path) {
      shell.showItemInFolder(path)
      return Promise.resolve()
    },
  }
}
