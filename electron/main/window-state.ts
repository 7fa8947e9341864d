// Where the window stood, remembered between starts beside the profile.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BrowserWindow, Rectangle } from 'electron'
import { z } from 'zod'

const Remembered = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400).max(20_000),
  height: z.int().min(300).max(20_000),
  maximized: z.boolean(),
})
export type WindowState = z.infer<typeof Remembered>

/** Undefined when nothing is remembered or when none of the screens shows enough of it to be caught by the mouse. */
export function recallWindow(data: string, screens: readonly Rectangle[]): WindowState | undefined {
  try {
    const state = Remembered.parse(JSON.parse(readFileSync(stateFile(data), 'utf8')))
    return screens.some((screen) => overlap(state, screen) >= 100 * 100) ? state : undefined
  } catch {
    return undefined
  }
}

/** A window that cannot be remembered opens where windows open; that is no reason to say anything. */
export function rememberWindow(
  data: string,
  window: Pick<BrowserWindow, 'getNormalBounds' | 'isMaximized'>,
): void {
  try {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() }
    writeFileSync(stateFile(data), JSON.stringify(state), { mode: 0o600 })
  } catch {
    return
  }
}

function stateFile(data: string): string {
  return join(data, 'window.json')
}

/** Area in common, in square pixels. */
function overlap(a: Rectangle, b: Rectangle): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width > 0 && height > 0 ? width * height : 0
}
