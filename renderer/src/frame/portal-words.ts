import type { Portal } from '../../../electron/contract/portal.ts'
import type { Text } from '../text/language.ts'

/** How a portal stands, or what waits there when it stands well. */
export function portalWords(portal: Portal, { t }: Text): string {
  if (portal.state !== 'ok') return t(`frame.portal.state.${portal.state}`)
  return portal.unpaid > 0 ? t('frame.portal.waits', {}, portal.unpaid) : t('frame.portal.state.ok')
}
