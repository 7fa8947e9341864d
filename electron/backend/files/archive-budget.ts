// How much an archive may unpack to: counted while it is unpacked, never by what it declares of itself.

import { Transform } from 'node:stream'
import { crc32 } from 'node:zlib'
import { Refusal } from '../../contract/fault.ts'

export interface ArchiveLimits {
  /** Files in an archive, those of archives within it included. */
  members: number
  /** Bytes of everything unpacked. */
  bytes: number
  /** Unpacked bytes for each byte of the archive, beyond the free ones. */
  ratio: number
  /** Bytes that any archive may unpack to, however small it is. */
  free: number
}

/**
 * Deflate's own limit is 1032 to 1. Statements pack 10 to 60 to 1, made-up ones of one line repeated some 200 to 1; what
 * is above 300 to 1 was packed to fill a disk. Small archives of blanks are let through: 64 MB fill none.
 */
export const archiveLimits: ArchiveLimits = {
  members: 1000,
  bytes: 2 * 1024 ** 3,
  ratio: 300,
  free: 64 * 1024 ** 2,
}

export interface ArchiveBudget {
  /** Throws Refusal `archive.bomb` once more was unpacked than may be. */
  spend(bytes: number): void
  /** Throws Refusal `archive.members`. */
  addMember(): void
  /** For an archive that is known to be a bomb before it is unpacked. */
  bomb(): Refusal
}

/** One budget for an archive of `packed` bytes and everything in it, however deep. */
export function createArchiveBudget(packed: number, limits: ArchiveLimits): ArchiveBudget {
  const most = Math.min(limits.bytes, limits.free + limits.ratio * packed)
  const bomb = (): Refusal => new Refusal({ code: 'archive.bomb', limitMb: Math.ceil(most / 1024 ** 2) })
  let spent = 0
  let members = 0
  return {
    bomb,
    spend: (bytes) => {
      spent += bytes
      if (spent > most) throw bomb()
    },
    addMember: () => {
      members += 1
      if (members > limits.members) throw new Refusal({ code: 'archive.members', limit: limits.members })
    },
  }
}

/** Counts and sums what comes out of a decoder, piece by piece. */
export function createMeter(budget: ArchiveBudget): { stream: Transform; bytes(): number; sum(): number } {
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
