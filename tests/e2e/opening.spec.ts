// The program opens: the real window, in a real browser, over the real backend, under the strict policy.

import { expect, test } from '../hosts/app-fixture.ts'

test('opens without a complaint and offers the first steps', async ({ app, complaints }) => {
  await expect(app.getByRole('heading', { level: 1 })).toBeVisible()
  await expect(app.getByRole('button', { name: /демо|demo/i }).first()).toBeVisible()
  await expect(app.getByText('0.1.0')).toBeVisible()
  expect(complaints).toEqual([])
})

test('keeps the token out of the address and lets nobody in without the cookie', async ({ app, browser }) => {
  test.skip(test.info().project.name === 'electron', 'Electron has neither address nor cookie')
  expect(new URL(app.url()).search).toBe('')
  const stranger = await (await browser.newContext()).newPage()
  const answer = await stranger.goto(new URL('/', app.url()).href)
  expect(answer?.status()).toBe(403)
  await stranger.context().close()
})
