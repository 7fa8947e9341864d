/** The address that must stand in the application's settings, as the backend's listener has it. */
export function returnAddress(port: number): string {
  return `http://127.0.0.1:${port}/sverka`
}
