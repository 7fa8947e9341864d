// Frames over WebSocket: one session per tab.

import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'
import type { RawData, WebSocket } from 'ws'
import type { Backend, Session } from '../backend/session.ts'
import { ClientFrame } from '../contract/frames.ts'

/** More than any call's input: layouts are the largest, with 64 KB each. */
const maxFrameBytes = 8 * 1_048_576
/** A tab that reads nothing while so much waits for it is gone or broken. */
const maxWaitingBytes = 64 * 1_048_576
const pingMs = 20_000

export interface Sockets {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** Tabs that are open at this moment. */
  tabs(): number
  close(): void
}

/** `changed` is called whenever a tab came or went. */
export function createSockets(backend: Backend, changed: () => void): Sockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: maxFrameBytes, perMessageDeflate: false })
  const alive = new WeakSet<WebSocket>()

  server.on('connection', (socket) => {
    alive.add(socket)
    const session = openSession(backend, socket)
    socket.on('pong', () => alive.add(socket))
    socket.on('message', (data, binary) => receive(session, socket, data, binary))
    // An error is followed by the close, where everything ends.
    socket.on('error', () => undefined)
    socket.on('close', () => {
      session.close()
      changed()
    })
    changed()
  })

  // A tab of a sleeping or crashed browser never says that it closed.
  const pinging = setInterval(() => {
    for (const socket of server.clients) {
      if (!alive.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }, pingMs).unref()

  return {
    upgrade: (request, socket, head) =>
      server.handleUpgrade(request, socket, head, (accepted) => server.emit('connection', accepted, request)),
    tabs: () => server.clients.size,
    close() {
      clearInterval(pinging)
      for (const socket of server.clients) socket.close(1001)
      server.close()
    },
  }
}

function openSession(backend: Backend, socket: WebSocket): Session {
  return backend.open((frame) => {
    if (socket.readyState !== socket.OPEN) return
    if (socket.bufferedAmount > maxWaitingBytes) socket.terminate()
    else socket.send(JSON.stringify(frame))
  })
}

/** What is no frame, or claims a path (files come in by upload here), ends the conversation: our page sends neither. */
function receive(session: Session, socket: WebSocket, data: RawData, binary: boolean): void {
  const frame = binary ? undefined : parse(data)
  if (!frame || 'claim' in frame) socket.close(1008)
  else session.receive(frame)
}

function parse(data: RawData): ClientFrame | undefined {
  try {
    const text = Array.isArray(data) ? Buffer.concat(data).toString() : Buffer.from(data as Buffer).toString()
    return ClientFrame.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
