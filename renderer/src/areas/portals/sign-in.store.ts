// A sign-in that waits for the person's browser outlives the screen on which it began.

import { defineStore } from 'pinia'
import { onScopeDispose, ref, watch } from 'vue'
import type { Fault } from '../../../../electron/contract/fault.ts'
import type { InputOf } from '../../../../electron/contract/api.ts'
import type { Portal, SignIn } from '../../../../electron/contract/portal.ts'
import type { PortalId } from '../../../../electron/contract/values.ts'
import { useBackend } from '../../backend.ts'
import { usePortals } from '../../frame/portals.store.ts'

/** What connecting says of the account it is meant for; nothing for a new one. */
export const accountOf = (again: Portal | null): { portalId?: PortalId } =>
  again ? { portalId: again.id } : {}

export const useSignIn = defineStore('signIn', () => {
  const { call, on } = useBackend()
  const portals = usePortals()
  const signIn = ref<SignIn | null>(null)
  const busy = ref(false)
  const fault = ref<Fault | null>(null)
  /** The account that is signed in to again, while its sign-in waits. */
  const forPortal = ref<PortalId | null>(null)
  /** The portal that the last connecting led to; taken by the screen that shows it. */
  const connected = ref<Portal | null>(null)

  function arrive(portal: Portal): void {
    portals.put(portal)
    portals.choose(portal.id)
    signIn.value = null
    connected.value = portal
    if (portal.lastRefreshAt === null) void portals.refresh(portal.id)
  }

  async function run(
    name: 'portals.connect' | 'portals.finishSignIn',
    input: InputOf<typeof name>,
  ): Promise<boolean> {
    busy.value = true
    fault.value = null
    const ask = call as (name: string, input: unknown) => ReturnType<typeof call<'portals.connect'>>
    const answer = await ask(name, input)
    busy.value = false
    if (!answer.ok) {
      fault.value = answer.fault
      return false
    }
    if (answer.value.state === 'connected') arrive(answer.value.portal)
    else signIn.value = answer.value.signIn
    return true
  }

  async function ended(signInId: string, portalId: string | null, refused: Fault | null): Promise<void> {
    if (signIn.value?.signInId !== signInId) return
    if (refused) {
      signIn.value = null
      fault.value = refused
      return
    }
    await portals.reload()
    const portal = portals.list.find((one) => one.id === portalId)
    if (portal) arrive(portal)
  }

  /** Signs in again with the application that the vault keeps; false where it keeps none and it must be typed. */
  async function again(portalId: PortalId): Promise<boolean> {
    const begun = await run('portals.connect', { kind: 'again', portalId })
    forPortal.value = begun ? portalId : null
    return begun
  }

  /** The portal's page does not come back when it refuses, so the waiting ends by the clock. */
  watch(signIn, (waiting, _, onCleanup) => {
    if (!waiting) {
      forPortal.value = null
      return
    }
    const timer = setTimeout(
      () => {
        signIn.value = null
        fault.value = { code: 'oauth.expired' }
      },
      Math.max(0, new Date(waiting.expiresAt).getTime() - Date.now()),
    )
    onCleanup(() => clearTimeout(timer))
  })

  async function cancel(): Promise<void> {
    const waiting = signIn.value
    signIn.value = null
    fault.value = null
    if (waiting) await call('portals.cancelSignIn', { signInId: waiting.signInId })
  }

  onScopeDispose(
    on(
      'portals.signedIn',
      ({ signInId, portalId, fault: refused }) => void ended(signInId, portalId, refused),
    ),
  )

  return {
    signIn,
    busy,
    fault,
    forPortal,
    connected,
    connect: (input: InputOf<'portals.connect'>) => run('portals.connect', input),
    finish: (input: InputOf<'portals.finishSignIn'>) => run('portals.finishSignIn', input),
    again,
    cancel,
    forgetFault: () => (fault.value = null),
  }
})
