import { Menu, app } from 'electron'
import type { MenuItemConstructorOptions } from 'electron'
import type { Language } from '../host/language.ts'
import { words } from './words.ts'

/** Without a menu the keys for copying and zooming do nothing on macOS; reloading is left out on purpose. */
export function showMenu(language: Language): void {
  const say = words[language].menu
  const own: MenuItemConstructorOptions[] =
    process.platform === 'darwin' ? [{ label: app.name, submenu: [{ role: 'quit', label: say.quit }] }] : []
  const view: MenuItemConstructorOptions[] = [
    { role: 'zoomIn', label: say.zoomIn },
    { role: 'zoomOut', label: say.zoomOut },
    { role: 'resetZoom', label: say.resetZoom },
    { role: 'togglefullscreen', label: say.fullScreen },
    ...(app.isPackaged ? [] : [{ role: 'toggleDevTools' } as const]),
  ]
  const edit: MenuItemConstructorOptions[] = [
    { role: 'undo', label: say.undo },
    { role: 'redo', label: say.redo },
    { type: 'separator' },
    { role: 'cut', label: say.cut },
    { role: 'copy', label: say.copy },
    { role: 'paste', label: say.paste },
    { role: 'selectAll', label: say.selectAll },
  ]
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([...own, { label: say.edit, submenu: edit }, { label: say.view, submenu: view }]),
  )
}
