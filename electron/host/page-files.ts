// The files of the built window: which one an address means, and what it is served as.

import { realpath, stat } from 'node:fs/promises'
import { extname, join, sep } from 'node:path'

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}

export interface PageFile {
  path: string
  type: string
  /** The page itself, the only file that is ever changed between two builds under the same name. */
  isPage: boolean
}

/**
 * The file under `root` that the address's path means; null when there is none, when its kind is not served or when
 * the path leads out of the folder by dots, by a link or by an encoding.
 */
export async function findPageFile(root: string, pathname: string): Promise<PageFile | null> {
  const path = plainPath(pathname)
  if (path === null) return null
  const type = types[extname(path)]
  if (type === undefined) return null
  try {
    const folder = await realpath(root)
    const file = await realpath(join(folder, path))
    if (!file.startsWith(folder + sep) || !(await stat(file)).isFile()) return null
    return { path: file, type, isPage: path === 'index.html' }
  } catch {
    return null
  }
}

function plainPath(pathname: string): string | null {
  let decoded: string
  try {
    decoded = decodeURIComponent(pathname)
  } catch {
    return null
  }
  if (!decoded.startsWith('/') || /[\\\0:]/.test(decoded)) return null
  const parts = decoded.slice(1).split('/')
  if (parts.some((part) => part === '..' || part === '.')) return null
  return decoded === '/' ? 'index.html' : parts.join('/')
}
