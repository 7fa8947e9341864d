/** Outcomes below the REST layer: no answer at all, or a page that is not the portal's JSON. */

export type WireAction =
  | { kind: 'hang' }
  | { kind: 'reset' }
  | { kind: 'close' }
  | { kind: 'page'; status: number; headers: Record<string, string>; body: string }

/** Thrown through the call, and through a batch, up to the connection. */
export class WireOutcome extends Error {
  readonly action: WireAction

  constructor(action: WireAction) {
    super(action.kind)
    this.action = action
  }
}

const pages: Record<number, string> = {
  200: '<html><head><title>Авторизация</title></head><body><form name="form_auth">Логин <input name="USER_LOGIN"></form></body></html>',
  500: '<html><head><title>500 Internal Server Error</title></head><body><h1>Internal Server Error</h1></body></html>',
  502: '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>nginx</center></body></html>',
  503: '<html><head><title>503 Service Temporarily Unavailable</title></head><body><center><h1>503 Service Temporarily Unavailable</h1></center></body></html>',
  504: '<html><head><title>504 Gateway Time-out</title></head><body><center><h1>504 Gateway Time-out</h1></center><hr><center>nginx</center></body></html>',
}

export function htmlPage(status: number): WireAction {
  const headers = { 'Content-Type': 'text/html; charset=UTF-8' }
  return { kind: 'page', status, headers, body: pages[status] ?? '<html><body></body></html>' }
}

export function redirectTo(status: number, location: string): WireAction {
  const headers = { 'Content-Type': 'text/html; charset=UTF-8', Location: location }
  return { kind: 'page', status, headers, body: '<html><body>Moved</body></html>' }
}
