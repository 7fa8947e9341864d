import { describe, expect, it } from 'vitest'
import { createRouter, readPlace, writePlace } from '../../../renderer/src/frame/router.ts'

describe('places', () => {
  it('are read from the address', () => {
    expect(readPlace('#/payments?standing=toPay&text=%D0%B0%20b')).toEqual({
      area: 'payments',
      query: { standing: 'toPay', text: 'а b' },
    })
    expect(readPlace('#/audit')).toEqual({ area: 'audit', query: {} })
  })

  it.each(['', '#', '#/', '#/nonsense', '#/__proto__', '#/payments/../x'])(
    'take %j for the start',
    (hash) => {
      expect(readPlace(hash)).toEqual({ area: 'start', query: {} })
    },
  )

  it('are written back as they were read', () => {
    const place = { area: 'reconcile', query: { line: '7', text: '№ 3653/1 & co' } } as const
    expect(readPlace(writePlace(place))).toEqual(place)
  })
})

describe('the router', () => {
  it('opens an area and changes its query in place', () => {
    window.location.hash = ''
    const router = createRouter(window)
    router.go('statements', { view: 'lines', file: '4' })
    expect(window.location.hash).toBe('#/statements?view=lines&file=4')
    router.setQuery({ file: null, account: '4070' })
    expect(router.place.value).toEqual({ area: 'statements', query: { view: 'lines', account: '4070' } })
    expect(window.location.hash).toBe('#/statements?view=lines&account=4070')
  })
})
