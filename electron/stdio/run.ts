import { Refusal } from '../contract/fault.ts'
import { nearNames, readCommandLine } from './arguments.ts'
import type { CommandLine, Wrong } from './arguments.ts'
import { converse } from './conversation.ts'
import { printHelp } from './help.ts'
import { runOneCall } from './one-call.ts'
import type { ExitCode, OpenBackend, Terminal } from './terminal.ts'
import { words } from './words.ts'

/** Does what the command line asks for. Never rejects. */
export async function runTerminal(terminal: Terminal, openBackend: OpenBackend): Promise<ExitCode> {
  const line = readCommandLine(terminal.arguments)
  switch (line.kind) {
    case 'wrong':
      return refuseUsage(line.wrong, terminal)
    case 'help':
      printHelp(line.call, terminal)
      return 0
    case 'conversation':
      return runConversation(line, terminal, openBackend)
    case 'call': {
      const outcome = await runOneCall(line, terminal, openBackend)
      return typeof outcome === 'number' ? outcome : refuseUsage(outcome.wrong, terminal)
    }
  }
}

async function runConversation(
  line: Extract<CommandLine, { kind: 'conversation' }>,
  terminal: Terminal,
  openBackend: OpenBackend,
): Promise<ExitCode> {
  try {
    const { backend } = await openBackend({ data: line.data, memoryVault: line.memoryVault })
    await converse(backend, terminal)
    await backend.close()
    return 0
  } catch (error) {
    const fault = error instanceof Refusal ? error.fault : { code: 'internal', reference: 'terminal' }
    if (!(error instanceof Refusal)) terminal.note(error instanceof Error ? error.message : String(error))
    terminal.note(JSON.stringify(fault))
    return 1
  }
}

function refuseUsage(wrong: Wrong, terminal: Terminal): ExitCode {
  const say = words[terminal.language]
  terminal.note(say.wrong(wrong))
  const near = wrong.code === 'unknownCall' ? nearNames(wrong.name) : []
  if (near.length > 0) terminal.note(say.near(near))
  terminal.note(say.seeHelp)
  return 2
}
