// Frames as JSON lines, for as long as stdin lasts.

import { basename, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { Refusal } from '../contract/fault.ts'
import type { Fault } from '../contract/fault.ts'
import { ClientFrame } from '../contract/frames.ts'
import type { ServerFrame } from '../contract/frames.ts'
import type { Backend } from '../backend/session.ts'
import type { Terminal } from './terminal.ts'

/** Names no call: a line that could not be read has none to answer. */
const noId = -1

/** Resolves when stdin has ended, every call was answered and the session is closed. */
export async function converse(backend: Backend, terminal: Terminal): Promise<void> {
  const underWay = new Set<number>()
  let settled: (() => void) | undefined

  const emit = (frame: ServerFrame) => {
    terminal.print(JSON.stringify(frame))
    if ('id' in frame && underWay.delete(frame.id) && underWay.size === 0) settled?.()
  }
  const session = backend.open(emit)
  const lines = createInterface({ input: terminal.input, crlfDelay: Infinity })
  const undo = terminal.onInterrupt(() => lines.close())

  for await (const line of lines) {
    if (line.trim() === '') continue
    const frame = readFrame(line)
    if ('fault' in frame) {
      emit(frame)
    } else if ('claim' in frame) {
      underWay.add(frame.id)
      void claim(backend, frame.id, resolve(terminal.folder, frame.claim)).then(emit)
    } else {
      if ('call' in frame) underWay.add(frame.id)
      session.receive(frame)
      if ('abandon' in frame && underWay.delete(frame.id) && underWay.size === 0) settled?.()
    }
  }
  if (underWay.size > 0) await new Promise<void>((resolve) => (settled = resolve))
  undo()
  session.close()
}

type Unreadable = Extract<ServerFrame, { fault: Fault }>

function readFrame(line: string): ClientFrame | Unreadable {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return { id: noId, fault: { code: 'input.invalid', path: '', reason: 'json' } }
  }
  const read = ClientFrame.safeParse(value)
  if (read.success) return read.data
  return { id: idOf(value), fault: { code: 'input.invalid', path: '', reason: 'frame' } }
}

function idOf(value: unknown): number {
  const named = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
  return typeof named === 'number' && Number.isSafeInteger(named) && named >= 0 ? named : noId
}

async function claim(backend: Backend, id: number, path: string): Promise<ServerFrame> {
  try {
    return { id, value: await backend.tickets.claim(path, basename(path), false) }
  } catch (error) {
    return { id, fault: error instanceof Refusal ? error.fault : { code: 'internal', reference: 'terminal' } }
  }
}
