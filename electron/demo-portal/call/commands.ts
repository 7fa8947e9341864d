/** A batch's commands, each a method's name and its parameters as a query. */
import { parseForm } from '../http/form.ts'
import { type ValueMap, entriesOf, integerOf, textOf } from '../values.ts'
import type { CalledMethod } from './faults.ts'

export function splitCommand(command: string): { method: string; params: ValueMap } {
  const at = command.indexOf('?')
  const method = (at < 0 ? command : command.slice(0, at)).trim()
  return { method: method.replace(/\.json$/, ''), params: at < 0 ? {} : parseForm(command.slice(at + 1)) }
}

/** The payment that a call is about, where its method names one. */
export function paymentIdOf(method: string, params: ValueMap): number | undefined {
  if (!method.includes('.payment.') || method.endsWith('.list') || method.endsWith('.add')) return undefined
  return integerOf(params.id)
}

/** What the commands of a batch are about, as far as they are more than references to each other. */
export function commandsOf(params: ValueMap): CalledMethod[] {
  return entriesOf(params.cmd).map(([, command]) => {
    const { method, params: given } = splitCommand(textOf(command))
    return { method, paymentId: paymentIdOf(method, given) }
  })
}
