// The kinds of the journal in the groups that the filter offers.

import type { JournalKind } from '../../../../electron/contract/journal.ts'
import type { Tone } from '../../ui/tones.ts'

export const groupNames = ['writes', 'decisions', 'statements', 'portals', 'program'] as const
export type GroupName = (typeof groupNames)[number]

const groupOf: Readonly<Record<JournalKind, GroupName>> = {
  'ledger.created': 'program',
  'ledger.restored': 'program',
  'portal.connected': 'portals',
  'portal.moved': 'portals',
  'portal.disconnected': 'portals',
  'portal.erased': 'portals',
  'portal.eventsBound': 'portals',
  'portal.eventsUnbound': 'portals',
  'portal.writingOn': 'portals',
  'portal.writingOff': 'portals',
  'portal.checked': 'portals',
  'account.bound': 'statements',
  'file.imported': 'statements',
  'file.cleared': 'statements',
  'file.forgotten': 'statements',
  'lines.judged': 'statements',
  'decision.made': 'decisions',
  'decision.undone': 'decisions',
  'plan.made': 'decisions',
  'plan.confirmed': 'decisions',
  'write.intended': 'writes',
  'write.answered': 'writes',
  'write.settled': 'writes',
  'write.readBack': 'writes',
  'job.started': 'program',
  'job.ended': 'program',
  'settings.changed': 'program',
  'report.made': 'program',
}

const groupTones: Readonly<Record<GroupName, Tone>> = {
  writes: 'warn',
  decisions: 'info',
  statements: 'good',
  portals: 'calm',
  program: 'calm',
}

export function kindsOf(group: GroupName): JournalKind[] {
  return (Object.keys(groupOf) as JournalKind[]).filter((kind) => groupOf[kind] === group)
}

export function toneOf(kind: JournalKind): Tone {
  return groupTones[groupOf[kind]]
}
