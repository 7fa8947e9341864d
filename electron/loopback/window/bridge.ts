// The browser tab's side of the loopback host. Served as a plain script before the program's own, with its types
// stripped as it is: it may import types only.

import type { Ticket } from '../../contract/files.ts'
import type { Bridge, ServerFrame } from '../../contract/frames.ts'
import type { Fault } from '../../contract/fault.ts'

{
  const firstWaitMs = 250
  const longestWaitMs = 5000

  type Receive = (frame: ServerFrame) => void
  const receivers = new Set<Receive>()
  /** What was sent before the first connection stood; later losses are answered, never queued: a command runs once. */
  let beforeOpening: string[] | null = []
  let socket: WebSocket | null = null
  let waitMs = firstWaitMs

  const tell: Receive = (frame) => {
    for (const receive of [...receivers]) receive(frame)
  }

  const connect = () => {
    const next = new WebSocket(`ws://${location.host}/ws`)
    next.addEventListener('open', () => {
      socket = next
      waitMs = firstWaitMs
      tell({ event: 'connection', data: 'open' })
      for (const text of beforeOpening ?? []) next.send(text)
      beforeOpening = null
    })
    next.addEventListener('message', (message) => {
      tell(JSON.parse(String(message.data)) as ServerFrame)
    })
    next.addEventListener('close', () => {
      if (socket === next) {
        socket = null
        tell({ event: 'connection', data: 'lost' })
      }
      setTimeout(connect, waitMs)
      waitMs = Math.min(waitMs * 2, longestWaitMs)
    })
  }

  const refuse = (fault: Fault): never => {
    // The bridge rejects with the fault itself: what crosses it is data, not an Error.
    throw Object.assign(new Error(fault.code), fault)
  }

  const bridge: Bridge = {
    send(frame) {
      const text = JSON.stringify(frame)
      if (socket?.readyState === WebSocket.OPEN) socket.send(text)
      else if (beforeOpening) beforeOpening.push(text)
      else if ('call' in frame) {
        const { id } = frame
        queueMicrotask(() => tell({ id, fault: { code: 'connection.lost' } }))
      }
    },
    listen(receive) {
      receivers.add(receive)
      if (receivers.size === 1 && beforeOpening !== null && socket === null) connect()
      return () => receivers.delete(receive)
    },
    async claim(file) {
      if (!(file instanceof File)) return refuse({ code: 'file.gone' })
      let answer: { ticket: Ticket } | { fault: Fault }
      try {
        const response = await fetch('/files', {
          method: 'POST',
          body: file,
          headers: {
            'content-type': 'application/octet-stream',
            'x-file-name': encodeURIComponent(file.name),
          },
        })
        answer = (await response.json()) as typeof answer
      } catch {
        // A file that vanished or changed after it was chosen fails like a lost connection does; the socket tells which.
        return refuse({ code: socket ? 'file.gone' : 'connection.lost' })
      }
      return 'ticket' in answer ? answer.ticket : refuse(answer.fault)
    },
    async deliver(ticket, name) {
      const path = `/files/${encodeURIComponent(ticket)}`
      const there = await fetch(path, { method: 'HEAD' }).then(
        (response) => response.ok,
        () => refuse({ code: 'connection.lost' }),
      )
      if (!there) refuse({ code: 'file.gone' })
      const link = document.createElement('a')
      link.href = path
      link.download = name
      document.body.append(link)
      link.click()
      link.remove()
      // Whether the person kept what the browser saved is not ours to know.
      return true
    },
  }

  Object.defineProperty(window, 'bridge', { value: Object.freeze(bridge), enumerable: true })
}
