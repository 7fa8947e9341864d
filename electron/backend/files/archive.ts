// Archives of statements: unpacked into disposable files of our own naming, within bounds that no archive can talk away.

import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, rm, stat } from 'node:fs/promises'
import type { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createInflateRaw } from 'node:zlib'
import { openPromise } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { Refusal } from '../../contract/fault.ts'
import type { Fault } from '../../contract/fault.ts'
import { archiveLimits, createArchiveBudget, createMeter } from './archive-budget.ts'
import type { ArchiveBudget, ArchiveLimits } from './archive-budget.ts'
import { archiveKind, lockedFirst } from './archive-kind.ts'
import { isLitter, memberName } from './archive-names.ts'
import { temporaryPath } from './temporary.ts'

export { archiveKind } from './archive-kind.ts'

export interface UnpackRequest {
  path: string
  /** The archive's name, for the names of its members. */
  name: string
  /** Folder for the unpacked files; only its owner reads it. */
  temp: string
  signal?: AbortSignal
  limits?: Partial<ArchiveLimits>
}

export interface Member {
  /** A file of ours under a random name. */
  path: string
  /** `archive.zip › folder/member.txt`, for people only. */
  name: string
  /** The same without the archive. */
  member: string
  bytes: number
}

/** A member that cannot be unpacked while the others can. */
export interface RefusedMember extends Omit<Member, 'path'> {
  fault: Fault
}

export interface Unpacked {
  members: Member[]
  refused: RefusedMember[]
  /** Deletes what was unpacked. */
  drop(): Promise<void>
}

/** Between an archive's name and its member's; no system allows it to be mistaken for a path. */
const within = ' › '
/** Bytes a decoder hands on at once: fewer turns of the backend's own thread than with Node's 16 KB. */
const chunkSize = 65_536

/** An archive within the archive is opened; one within that is not. */
const deepest = 1

/** Entries of one list, whatever they are. */
const mostListed = 20_000

interface Work {
  temp: string
  budget: ArchiveBudget
  signal: AbortSignal | undefined
  /** Everything that was written, to be removed when the work fails. */
  written: Set<string>
  refused: Refused[]
}

/** What is wrong with one member and says nothing of the others. */
const memberFaults: ReadonlySet<Fault['code']> = new Set([
  'archive.locked',
  'archive.nested',
  'statement.otherKind',
])

/**
 * Unpacks a ZIP, or the one file of a gzip. Members that are locked, packed in a way that only few programs know, or
 * archives nested too deep are refused by themselves (`archive.locked`, `statement.otherKind`, `archive.nested`); where
 * no member is left the first of these refusals is the archive's own. Throws Refusal `archive.damaged`, `archive.bomb`,
 * `archive.members`, `archive.empty`, `file.gone`, or the signal's reason; nothing unpacked remains after any of them.
 */
export async function unpackArchive(request: UnpackRequest): Promise<Unpacked> {
  const { path, name, temp, signal } = request
  const size = (await stat(path).catch(() => null))?.size
  if (size === undefined) throw new Refusal({ code: 'file.gone' })
  const budget = createArchiveBudget(size, { ...archiveLimits, ...request.limits })
  const work: Work = { temp, budget, signal, written: new Set(), refused: [] }
  const drop = async (): Promise<void> => {
    await Promise.all([...work.written].map((file) => rm(file, { force: true })))
  }
  try {
    await mkdir(temp, { recursive: true, mode: 0o700 })
    const members = await unpackOne(work, path, name, 0)
    if (members.length === 0) throw new Refusal(work.refused[0]?.fault ?? { code: 'archive.empty' })
    const named = <T extends { member: string }>(one: T) => ({
      ...one,
      name: `${name}${within}${one.member}`,
    })
    return { members: members.map(named), refused: work.refused.map(named), drop }
  } catch (error) {
    await drop()
    if (signal?.aborted)
      throw signal.reason instanceof Error ? signal.reason : new Refusal({ code: 'call.abandoned' })
    throw error
  }
}

type Found = Omit<Member, 'name'>
type Refused = Omit<RefusedMember, 'name'>

async function unpackOne(work: Work, path: string, name: string, depth: number): Promise<Found[]> {
  const kind = await archiveKind(path)
  return kind === 'gzip' ? unpackGzip(work, path, name, depth) : unpackZip(work, path, depth)
}

async function unpackZip(work: Work, path: string, depth: number): Promise<Found[]> {
  const { size } = await stat(path)
  const zip = await openZip(path)
  try {
    const entries = await listMembers(zip, path, work)
    judgeSizes(entries, size, work.budget)
    const found: Found[] = []
    for (const { entry, member, fault } of entries) {
      const bytes = entry.uncompressedSize
      if (fault) {
        work.refused.push({ member, bytes, fault })
        continue
      }
      const one = { path: newFile(work), member, bytes }
      await inflate(work, zip, entry, one.path)
      found.push(...(await openNested(work, one, depth)))
    }
    return found
  } finally {
    zip.close()
  }
}

/** Members that share their packed bytes are the way to make a small archive of endless files. */
function judgeSizes(entries: readonly { entry: Entry }[], size: number, budget: ArchiveBudget): void {
  const packed = entries.map(({ entry }) => entry.compressedSize)
  if (packed.some((bytes) => bytes > size)) throw new Refusal({ code: 'archive.damaged' })
  if (packed.reduce((sum, bytes) => sum + bytes, 0) > size) throw budget.bomb()
}

async function openZip(path: string): Promise<ZipFile> {
  try {
    // Names stay bytes: the library would read all of them as CP437, and refuse an archive for a name that nobody uses.
    const zip = await openPromise(path, { decodeStrings: false, validateEntrySizes: false, autoClose: false })
    // What goes wrong in closing is nobody's answer; unheard it would end the program.
    return zip.on('error', () => undefined)
  } catch (cause) {
    throw new Refusal({ code: 'archive.damaged' }, { cause })
  }
}

interface Listed {
  entry: Entry
  member: string
  /** Null for a member that can be unpacked. */
  fault: Fault | null
}

/** Files of the central directory in its order, folders and litter left out. */
async function listMembers(zip: ZipFile, path: string, work: Work): Promise<Listed[]> {
  const entries: Listed[] = []
  let listed = 0
  try {
    for await (const entry of zip.eachEntry()) {
      work.signal?.throwIfAborted()
      // Folders and litter are no members, yet a list of tens of millions of them would be read for minutes.
      if (++listed > mostListed) throw new Refusal({ code: 'archive.members', limit: archiveLimits.members })
      const member = memberName(entry)
      if ((member.endsWith('/') && entry.uncompressedSize === 0) || isLitter(member)) continue
      work.budget.addMember()
      entries.push({ entry, member, fault: entryFault(entry, member) })
    }
  } catch (cause) {
    if (cause instanceof Refusal || work.signal?.aborted) throw cause
    const locked = await lockedFirst(path)
    if (locked !== null) throw new Refusal({ code: 'archive.locked', name: locked }, { cause })
    throw new Refusal({ code: 'archive.damaged' }, { cause })
  }
  return entries
}

function entryFault(entry: Entry, member: string): Fault | null {
  if (entry.isEncrypted()) return { code: 'archive.locked', name: member }
  const known = entry.compressionMethod === 0 || entry.compressionMethod === 8
  return known ? null : { code: 'statement.otherKind', kind: 'archive' }
}

async function inflate(work: Work, zip: ZipFile, entry: Entry, to: string): Promise<void> {
  const meter = createMeter(work.budget)
  try {
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false })
    await write(
      work,
      packed,
      entry.compressionMethod === 8 ? createInflateRaw({ chunkSize }) : null,
      meter.stream,
      to,
    )
  } catch (cause) {
    throw damagedUnless(cause, work)
  }
  // The library knows sizes and no sums; a bit that turned in a stored file is told by nothing else.
  if (meter.bytes() !== entry.uncompressedSize || meter.sum() !== entry.crc32)
    throw new Refusal({ code: 'archive.damaged' })
}

/** One packed file; its sum is checked by the decoder (RFC 1952, section 2.3.1). */
async function unpackGzip(work: Work, path: string, name: string, depth: number): Promise<Found[]> {
  const meter = createMeter(work.budget)
  const to = newFile(work)
  work.budget.addMember()
  try {
    await write(work, createReadStream(path), createGunzip({ chunkSize }), meter.stream, to)
  } catch (cause) {
    throw damagedUnless(cause, work)
  }
  const plain = /([^/]+?)\.gz(?:ip)?$/i.exec(name)?.[1] ?? name
  return openNested(work, { path: to, member: plain, bytes: meter.bytes() }, depth)
}

/** The member itself; for an archive within the archive, what is in that, or nothing where it is refused by itself. */
async function openNested(work: Work, one: Found, depth: number): Promise<Found[]> {
  if (!(await archiveKind(one.path))) return [one]
  const { path, member, bytes } = one
  const inside = <T extends { member: string }>(found: T): T => ({
    ...found,
    member: `${member}${within}${found.member}`,
  })
  const before = work.refused.length
  try {
    if (depth >= deepest) throw new Refusal({ code: 'archive.nested', name: member })
    const inner = await unpackOne(work, path, member, depth + 1)
    work.refused.push(...work.refused.splice(before).map(inside))
    return inner.map(inside)
  } catch (error) {
    if (!(error instanceof Refusal) || !memberFaults.has(error.fault.code)) throw error
    work.refused.push({ member, bytes, fault: error.fault })
    return []
  } finally {
    await rm(path, { force: true })
    work.written.delete(path)
  }
}

function newFile(work: Work): string {
  const path = temporaryPath(work.temp)
  work.written.add(path)
  return path
}

async function write(
  work: Work,
  packed: Readable,
  decoder: Transform | null,
  meter: Transform,
  to: string,
): Promise<void> {
  const file = createWriteStream(to, { flags: 'wx', mode: 0o600 })
  const options = work.signal ? { signal: work.signal } : {}
  try {
    if (decoder) await pipeline(packed, decoder, meter, file, options)
    else await pipeline(packed, meter, file, options)
  } finally {
    // A stop may come while the file is still being made: it is removed only once it is there.
    if (!file.closed) await once(file, 'close')
  }
}

/** A full disk is no fault of the archive. */
function damagedUnless(cause: unknown, work: Work): unknown {
  if (cause instanceof Refusal || work.signal?.aborted) return cause
  if (cause instanceof Error && 'code' in cause && cause.code === 'ENOSPC')
    return new Refusal({ code: 'ledger.full' }, { cause })
  return new Refusal({ code: 'archive.damaged' }, { cause })
}
