// How a statement is spoilt: bytes flipped, cut, doubled, moved, numbers pushed to their bounds, two files grown
// together. Everything follows from the seed, so a case can be made again from its number.

import { unzipSync, zipSync } from 'fflate'
import type { Random } from '../../electron/demo-portal/data/random.ts'
import type { Seed } from './seeds.ts'

type Mutation = (bytes: Uint8Array, random: Random, seeds: readonly Seed[]) => Uint8Array

const marks = [
  0, 9, 10, 13, 0x1a, 0x20, 0x22, 0x26, 0x2c, 0x2d, 0x2f, 0x3a, 0x3b, 0x3c, 0x3d, 0x3e, 0x5e, 0x7b, 0xff,
]
const numbers = [
  '0',
  '-1',
  '99999999999999999999',
  '1e308',
  '0.000000001',
  '-',
  ',',
  'NaN',
  '000000',
  '31.02.2026',
  '99991399',
]
const encoder = new TextEncoder()

const mutations: readonly Mutation[] = [
  (bytes, random) => changed(bytes, random, () => random.integer(0, 255)),
  (bytes, random) => changed(bytes, random, () => random.pick(marks)),
  (bytes, random) => bytes.slice(0, random.integer(0, bytes.length)),
  (bytes, random) => {
    const [from, to] = stretch(bytes, random)
    return joined(bytes.subarray(0, from), bytes.subarray(to))
  },
  (bytes, random) => {
    const [from, to] = stretch(bytes, random)
    const at = random.integer(0, bytes.length)
    return joined(bytes.subarray(0, at), bytes.subarray(from, to), bytes.subarray(at))
  },
  (bytes, random) => {
    const at = random.integer(0, bytes.length)
    const put = Uint8Array.from({ length: random.integer(1, 40) }, () => random.integer(0, 255))
    return joined(bytes.subarray(0, at), put, bytes.subarray(at))
  },
  (bytes, random) => replacedNumber(bytes, random),
  (bytes, random, seeds) => {
    const other = random.pick(seeds).bytes
    return joined(
      bytes.subarray(0, random.integer(0, bytes.length)),
      other.subarray(random.integer(0, other.length)),
    )
  },
  (bytes, random) => {
    const at = random.integer(0, bytes.length)
    const run = new Uint8Array(random.integer(1, 70_000)).fill(random.pick([...marks, 0x41, 0x31, 0xd0]))
    return joined(bytes.subarray(0, at), run, bytes.subarray(at))
  },
]

/** A spoilt copy of one of the seeds. */
export function mutate(seeds: readonly Seed[], random: Random): Uint8Array {
  const { bytes } = random.pick(seeds)
  // A package whose own bytes are spoilt is refused as damaged nearly always; its parts are where readers stumble.
  const packed = bytes[0] === 0x50 && bytes[1] === 0x4b && random.chance(0.8)
  return packed ? spoiltPart(bytes, random) : spoilt(bytes, random, seeds)
}

function spoilt(bytes: Uint8Array, random: Random, seeds: readonly Seed[]): Uint8Array {
  let result = bytes
  const times = random.integer(1, 6)
  for (let done = 0; done < times; done += 1) result = random.pick(mutations)(result, random, seeds)
  return result
}

function spoiltPart(bytes: Uint8Array, random: Random): Uint8Array {
  const parts = unzipSync(bytes)
  const names = Object.keys(parts)
  const name = random.pick(names)
  const others = names.map((other) => ({ name: other, bytes: parts[other] ?? new Uint8Array() }))
  return zipSync({
    ...parts,
    [name]: Uint8Array.from(spoilt(parts[name] ?? new Uint8Array(), random, others)),
  })
}

/** A stretch of one of the seeds repeated until so many bytes are reached, between what stood before and behind it. */
export function* grow(seeds: readonly Seed[], random: Random, size: number): Generator<Uint8Array> {
  const bytes = random.chance(0.5) ? random.pick(seeds).bytes : mutate(seeds, random)
  const [from, to] = random.chance(0.7) ? wholeLines(bytes, random) : stretch(bytes, random)
  yield bytes.subarray(0, to)
  const part = bytes.subarray(from, to)
  if (part.length > 0) {
    const block = new Uint8Array(Math.max(1, Math.floor(65_536 / part.length)) * part.length)
    for (let at = 0; at < block.length; at += part.length) block.set(part, at)
    for (let made = 0; made < size; made += block.length) yield block
  }
  yield bytes.subarray(to)
}

function changed(bytes: Uint8Array, random: Random, byte: () => number): Uint8Array {
  const copy = bytes.slice()
  const times = random.integer(1, 8)
  for (let done = 0; done < times && copy.length > 0; done += 1)
    copy[random.integer(0, copy.length - 1)] = byte()
  return copy
}

function replacedNumber(bytes: Uint8Array, random: Random): Uint8Array {
  const start = random.integer(0, bytes.length)
  const from = bytes.findIndex((byte, at) => at >= start && byte >= 0x30 && byte <= 0x39)
  if (from < 0) return bytes
  let to = from
  while (to < bytes.length && (bytes[to] ?? 0) >= 0x2c && (bytes[to] ?? 0) <= 0x39) to += 1
  return joined(bytes.subarray(0, from), encoder.encode(random.pick(numbers)), bytes.subarray(to))
}

function stretch(bytes: Uint8Array, random: Random): [number, number] {
  const from = random.integer(0, bytes.length)
  return [from, Math.min(bytes.length, from + random.integer(0, 300))]
}

/** A few lines, or what stands between two closing brackets in a file without lines. */
function wholeLines(bytes: Uint8Array, random: Random): [number, number] {
  const ends: number[] = []
  bytes.forEach((byte, at) => {
    if (byte === 10 || byte === 0x3e) ends.push(at + 1)
  })
  if (ends.length < 2) return stretch(bytes, random)
  const first = random.integer(0, ends.length - 2)
  const last = Math.min(ends.length - 1, first + random.integer(1, 40))
  return [ends[first] ?? 0, ends[last] ?? 0]
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}
