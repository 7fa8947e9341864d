// Where the person is: an area and what it was asked to show, kept in the address after `#/`.

import { inject, readonly, shallowRef } from 'vue'
import type { InjectionKey, Ref } from 'vue'
import { isAreaName } from './areas.ts'
import type { AreaName } from './areas.ts'

export interface Place {
  readonly area: AreaName
  readonly query: Readonly<Record<string, string>>
}

export interface Router {
  readonly place: Readonly<Ref<Place>>
  /** Opens an area; the way back is the browser's. */
  go(area: AreaName, query?: Record<string, string>): void
  /** Changes what the present area shows without a step in the history; null takes a name away. */
  setQuery(patch: Record<string, string | null>): void
}

export const routerKey: InjectionKey<Router> = Symbol('router')

/** Reads `#/payments?standing=toPay`; anything else is the start. */
export function readPlace(hash: string): Place {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  const query = Object.fromEntries(new URLSearchParams(search))
  return isAreaName(path) ? { area: path, query } : { area: 'start', query: {} }
}

/** The opposite of `readPlace`. */
export function writePlace(place: Place): string {
  const search = new URLSearchParams(place.query).toString()
  return `#/${place.area}${search ? `?${search}` : ''}`
}

/** Follows the address of `window`; one per window. */
export function createRouter(window: Window): Router {
  const place = shallowRef(readPlace(window.location.hash))
  window.addEventListener('hashchange', () => {
    place.value = readPlace(window.location.hash)
  })
  return {
    place: readonly(place),
    go(area, query = {}) {
      const next = writePlace({ area, query })
      if (next !== window.location.hash) window.history.pushState(null, '', next)
      place.value = { area, query }
    },
    setQuery(patch) {
      const merged: Record<string, string | null> = { ...place.value.query, ...patch }
      const query = Object.fromEntries(
        Object.entries(merged).filter((entry): entry is [string, string] => entry[1] !== null),
      )
      place.value = { area: place.value.area, query }
      window.history.replaceState(null, '', writePlace(place.value))
    },
  }
}

/** The window's router, in a component's or a store's setup. */
export function useRouter(): Router {
  const router = inject(routerKey)
  if (!router) throw new Error('no router was provided')
  return router
}
