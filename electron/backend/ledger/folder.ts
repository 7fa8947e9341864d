// Refuses folders in which a SQLite file is not safe: network shares and synchronised folders (money rule 21).

import { accessSync, chmodSync, constants, mkdirSync, realpathSync, statfsSync } from 'node:fs'
import { Refusal } from '../../contract/fault.ts'

/** `statfs` types: NFS, SMB, SMB2, CIFS, AFS, Coda, 9P, Ceph (linux/magic.h). */
const networkTypes = new Set([
  0x6969, 0x517b, 0xfe534d42, 0xff534d42, 0x5346414f, 0x73757245, 0x01021997, 0x00c36400,
])
const synchronised =
  /[/\\](OneDrive|Dropbox|Google ?Drive|GoogleDrive|Yandex\.?Disk|YandexDisk|Яндекс\.?Диск|iCloudDrive|Mobile Documents|Nextcloud|Облако Mail\.?Ru|Mail\.Ru Cloud)([^/\\]*)([/\\]|$)/i

/** Makes the folder, for its owner only, and answers its real path; throws Refusal `ledger.folder`. */
export function prepareFolder(folder: string): string {
  const refuse = (reason: 'network' | 'synchronised' | 'unwritable', path: string): never => {
    throw new Refusal({ code: 'ledger.folder', reason, path })
  }
  let path = folder
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    path = realpathSync(folder)
    if (process.platform !== 'win32') chmodSync(path, 0o700)
    accessSync(path, constants.W_OK)
  } catch {
    return refuse('unwritable', folder)
  }
  if (synchronised.test(path)) refuse('synchronised', path)
  if (/^[/\\]{2}[^/\\.?]/.test(path)) refuse('network', path)
  if (process.platform === 'linux' && networkTypes.has(Number(statfsSync(path).type) >>> 0))
    refuse('network', path)
  return path
}
