// The areas of the window: their order in the navigation and the code that is loaded when one is opened.

import PaymentIcon from '@bitrix24/b24icons-vue/outline/PaymentIcon'
import EarthWithTreeIcon from '@bitrix24/b24icons-vue/outline/EarthWithTreeIcon'
import DoubleCheckIcon from '@bitrix24/b24icons-vue/outline/DoubleCheckIcon'
import GraphsDiagramIcon from '@bitrix24/b24icons-vue/outline/GraphsDiagramIcon'
import HomeIcon from '@bitrix24/b24icons-vue/outline/HomeIcon'
import InvoiceIcon from '@bitrix24/b24icons-vue/outline/InvoiceIcon'
import ProcessesIcon from '@bitrix24/b24icons-vue/outline/ProcessesIcon'
import SettingsIcon from '@bitrix24/b24icons-vue/outline/SettingsIcon'
import ShieldCheckedIcon from '@bitrix24/b24icons-vue/outline/ShieldCheckedIcon'
import type { Component } from 'vue'
import type { TextKey } from '../text/language.ts'

export const areaNames = [
  'start',
  'payments',
  'statements',
  'reconcile',
  'operations',
  'reports',
  'audit',
  'portals',
  'settings',
] as const
export type AreaName = (typeof areaNames)[number]

export interface Area {
  name: AreaName
  title: TextKey
  icon: Component
  /** Where its entry stands in the sidebar. */
  group: 'work' | 'program'
  load: () => Promise<{ default: Component }>
}

export const areas: readonly Area[] = [
  {
    name: 'start',
    title: 'start.title',
    icon: HomeIcon,
    group: 'work',
    load: () => import('../areas/start/StartArea.vue'),
  },
  {
    name: 'payments',
    title: 'payments.title',
    icon: PaymentIcon,
    group: 'work',
    load: () => import('../areas/payments/PaymentsArea.vue'),
  },
  {
    name: 'statements',
    title: 'statements.title',
    icon: InvoiceIcon,
    group: 'work',
    load: () => import('../areas/statements/StatementsArea.vue'),
  },
  {
    name: 'reconcile',
    title: 'reconcile.title',
    icon: DoubleCheckIcon,
    group: 'work',
    load: () => import('../areas/reconcile/ReconcileArea.vue'),
  },
  {
    name: 'operations',
    title: 'operations.title',
    icon: ProcessesIcon,
    group: 'work',
    load: () => import('../areas/operations/OperationsArea.vue'),
  },
  {
    name: 'reports',
    title: 'reports.title',
    icon: GraphsDiagramIcon,
    group: 'work',
    load: () => import('../areas/reports/ReportsArea.vue'),
  },
  {
    name: 'audit',
    title: 'audit.title',
    icon: ShieldCheckedIcon,
    group: 'work',
    load: () => import('../areas/audit/AuditArea.vue'),
  },
  {
    name: 'portals',
    title: 'portals.title',
    icon: EarthWithTreeIcon,
    group: 'program',
    load: () => import('../areas/portals/PortalsArea.vue'),
  },
  {
    name: 'settings',
    title: 'settings.title',
    icon: SettingsIcon,
    group: 'program',
    load: () => import('../areas/settings/SettingsArea.vue'),
  },
]

export function areaOf(name: AreaName): Area {
  const found = areas.find((area) => area.name === name)
  if (!found) throw new Error(`no area ${name}`)
  return found
}

export function isAreaName(name: string): name is AreaName {
  return (areaNames as readonly string[]).includes(name)
}
