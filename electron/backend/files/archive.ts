// Archives of statements: unpacked into disposable files of our own naming, within bounds that no archive can talk away.

import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createGunzip, createInflateRaw } from 'node:zlib'
import { openPromise } from 'yauzl'
import type { Entry, ZipFile } from 'yauzl'
import { Refusal } from '../../contract/fault.ts'
import { archiveLimits, createArchiveBudget } from './archive-budget.ts'
import type { ArchiveBudget, ArchiveLimits } from './archive-budget.ts'
import { archiveKind, lockedFirst } from './archive-kind.ts'
import { isLitter, memberName } from './archive-names.ts'

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

export interface Unpacked {
  members: Member[]
  /** Deletes what was unpacked. */
  drop(): Promise<void>
}

/** Between an archive's name and its member's; no system allows it to be mistaken for a path. */
const within = ' › '
const prefix = 'unpacked-'
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
}

/**
 * Unpacks a ZIP, or the one file of a gzip. Throws Refusal `archive.damaged`, `archive.locked`, `archive.bomb`,
 * `archive.members`, `archive.nested`, `archive.empty`, `statement.otherKind` (packed in a way that only few programs
 * know), `file.gone`, or the signal's reason; nothing unpacked remains after any of them.
 */
export async function unpackArchive(request: UnpackRequest): Promise<Unpacked> {
  const { path, name, temp, signal } = request
  const size = (await stat(path).catch(() => null))?.size
  if (size === undefined) throw new Refusal({ code: 'file.gone' })
  const budget = createArchiveBudget(size, { ...archiveLimits, ...request.limits })
  const work: Work = { temp, budget, signal, written: new Set() }
  const drop = async (): Promise<void> => {
    await Promise.all([...work.written].map((file) => rm(file, { force: true })))
  }
  try {
    await mkdir(temp, { recursive: true, mode: 0o700 })
    const members = await unpackOne(work, path, name, 0)
    if (members.length === 0) throw new Refusal({ code: 'archive.empty' })
    return { members: members.map((one) => ({ ...one, name: `${name}${within}${one.member}` })), drop }
  } catch (error) {
    await drop()
    if (signal?.aborted)
      throw signal.reason instanceof Error ? signal.reason : new Refusal({ code: 'call.abandoned' })
    throw error
  }
}

type Found = Omit<Member, 'name'>

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
    for (const { entry, member } of entries) {
      const one = { path: newFile(work), member, bytes: entry.uncompressedSize }
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

/** Files of the central directory in its order, folders and litter left out. */
async function listMembers(
  zip: ZipFile,
  path: string,
  work: Work,
): Promise<{ entry: Entry; member: string }[]> {
  const entries: { entry: Entry; member: string }[] = []
  let listed = 0
  try {
    for await (const entry of zip.eachEntry()) {
      work.signal?.throwIfAborted()
      // Folders and litter are no members, yet a list of tens of millions of them would be read for minutes.
      if (++listed > mostListed) throw new Refusal({ code: 'archive.members', limit: archiveLimits.members })
      const member = memberName(entry)
      if ((member.endsWith('/') && entry.uncompressedSize === 0) || isLitter(member)) continue
      work.budget.addMember()
      if (entry.isEncrypted()) throw new Refusal({ code: 'archive.locked', name: member })
      if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8)
        throw new Refusal({ code: 'statement.otherKind', kind: 'archive' })
      entries.push({ entry, member })
    }
  } catch (cause) {
    if (cause instanceof Refusal || work.signal?.aborted) throw cause
    const locked = await lockedFirst(path)
    if (locked !== null) throw new Refusal({ code: 'archive.locked', name: locked }, { cause })
    throw new Refusal({ code: 'archive.damaged' }, { cause })
  }
  return entries
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

/** The member itself; for an archive within the archive, what is in that. */
async function openNested(work: Work, one: Found, depth: number): Promise<Found[]> {
  if (!(await archiveKind(one.path))) return [one]
  if (depth >= deepest) throw new Refusal({ code: 'archive.nested', name: one.member })
  const inner = await unpackOne(work, one.path, one.member, depth + 1)
  await rm(one.path, { force: true })
  work.written.delete(one.path)
  return inner.map((found) => ({ ...found, member: `${one.member}${within}${found.member}` }))
}

function newFile(work: Work): string {
  const path = join(work.temp, `${prefix}${randomBytes(12).toString('hex')}`)
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

/** Counts and sums what comes out of a decoder, piece by piece. */
function createMeter(budget: ArchiveBudget): { stream: Transform; bytes(): number; sum(): number } {
  let bytes = 0
  let sum = 0
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      sum = crc32(chunk, sum)
      try {
        budget.spend(chunk.length)
        done(null, chunk)
      } catch (error) {
        done(error instanceof Error ? error : new Error(String(error)))
      }
    },
  })
  return { stream, bytes: () => bytes, sum: () => sum }
}

/** What a process that was killed left unpacked; called by whoever owns the profile, before anything is unpacked. */
export async function sweepUnpacked(temp: string): Promise<void> {
  const names = await readdir(temp).catch(() => [])
  await Promise.all(
    names.filter((name) => name.startsWith(prefix)).map((name) => rm(join(temp, name), { force: true })),
  )
}
