/** event.* and feature.get: the offline queue, for the application and, but for reading, an administrator. */
import { offlineEvents } from '../call/event-queue.ts'
import type { QueuedEvent } from '../call/event-queue.ts'
import { PortalError, refusals } from '../errors.ts'
import { type FieldSpec, compileFilter } from '../listing/filter.ts'
import { printMoment } from '../moments.ts'
import type { Method, MethodCall } from '../portal.ts'
import { type Value, flagOf, integerOf, isEmpty, listOf, textOf } from '../values.ts'

const readAtMost = 50

function requireApp(call: MethodCall): void {
  if (call.caller.kind !== 'oauth') throw new PortalError(refusals.contextRequired)
}

/** The offline kind is for administrators; the ordinary kind would call an address and is not played here. */
function requireOffline(call: MethodCall): string {
  requireApp(call)
  const name = textOf(call.params.event).toUpperCase()
  if (!offlineEvents.some((known) => known === name)) throw new PortalError(refusals.eventAbsent)
  if (textOf(call.params.event_type).toLowerCase() !== 'offline')
    throw new PortalError(refusals.handlerMissing)
  if (!call.caller.user.admin) throw new PortalError(refusals.eventsDenied)
  return name
}

const bind: Method = {
  name: 'event.bind',
  scopes: [],
  run: (call) => {
    call.portal.events.bound.add(requireOffline(call))
    return { result: true }
  },
}

const unbind: Method = {
  name: 'event.unbind',
  scopes: [],
  run: (call) => {
    const removed = call.portal.events.bound.delete(requireOffline(call))
    return { result: { count: removed ? 1 : 0 } }
  },
}

const eventGet: Method = {
  name: 'event.get',
  scopes: [],
  run: (call) => {
    requireApp(call)
    return { result: [...call.portal.events.bound].map((event) => ({ event, offline: 1 })) }
  },
}

const fields = new Map<string, FieldSpec<QueuedEvent>>([
  ['ID', { kind: 'number', read: (row) => row.id }],
  ['TIMESTAMP_X', { kind: 'moment', read: (row) => row.atMs }],
  ['EVENT_NAME', { kind: 'text', read: (row) => row.name }],
  ['MESSAGE_ID', { kind: 'text', read: (row) => row.messageId }],
])

function printEvent(row: QueuedEvent, call: MethodCall): Value {
  return {
    ID: String(row.id),
    TIMESTAMP_X: printMoment(row.atMs, call.portal.switches.printZone),
    EVENT_NAME: row.name,
    EVENT_DATA:
      call.portal.switches.eventData === 'absent' ? false : { FIELDS: { ID: String(row.objectId) } },
    EVENT_ADDITIONAL: false,
    MESSAGE_ID: row.messageId,
  }
}

const offlineGet: Method = {
  name: 'event.offline.get',
  scopes: [],
  run: (call) => {
    requireApp(call)
    const { params, portal } = call
    const asked = textOf(params.process_id)
    const limit = Math.min(readAtMost, Math.max(1, integerOf(params.limit) ?? readAtMost))
    const test = compileFilter(params.filter, fields, portal.switches.offsetlessZone)
    const rows = portal.events
      .waiting(asked === '' ? null : asked)
      .filter(test)
      .slice(0, limit)
    const events = rows.map((row) => printEvent(row, call))
    if (flagOf(params.clear) === false) {
      const process = asked !== '' ? asked : rows.length === 0 ? null : portal.events.reserve(rows)
      return { result: { process_id: process, events } }
    }
    portal.events.drop(rows)
    return { result: { process_id: null, events } }
  },
}

const offlineClear: Method = {
  name: 'event.offline.clear',
  scopes: [],
  run: (call) => {
    requireApp(call)
    const { params, portal } = call
    const process = textOf(params.process_id)
    if (process === '') throw new PortalError(refusals.processMissing)
    const ids = new Set(listOf(params.id).map(integerOf))
    const messages = new Set(listOf(params.message_id).map(textOf))
    const wanted = (row: QueuedEvent): boolean => {
      if (!isEmpty(params.id)) return ids.has(row.id)
      return isEmpty(params.message_id) || messages.has(row.messageId)
    }
    portal.events.drop(portal.events.waiting(process).filter(wanted))
    return { result: true }
  },
}

const featureGet: Method = {
  name: 'feature.get',
  scopes: [],
  run: (call) => {
    const code = textOf(call.params.CODE)
    if (code === '') throw new PortalError(refusals.codeEmpty)
    const plan = code === 'rest_offline_extended' ? call.portal.switches.offlineExtended : true
    return { result: { value: plan ? 'Y' : 'N' } }
  },
}

export const eventMethods: readonly Method[] = [bind, unbind, eventGet, offlineGet, offlineClear, featureGet]
