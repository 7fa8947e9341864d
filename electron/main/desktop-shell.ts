import { BrowserWindow, dialog, shell } from 'electron'
import type { OpenDialogOptions } from 'electron'
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
    async chooseFolder() {
      const options: OpenDialogOptions = { properties: ['openDirectory'] }
      const [window] = BrowserWindow.getAllWindows()
      const { canceled, filePaths } = await (window
        ? dialog.showOpenDialog(window, options)
        : dialog.showOpenDialog(options))
      return canceled ? null : (filePaths[0] ?? null)
    },
  }
}
