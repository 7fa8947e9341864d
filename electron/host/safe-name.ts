/** A name that is one name: no folders, none of the characters that Windows forbids, never empty. */
export function safeName(name: string): string {
  const cleared = Array.from(name, (char) => (char < ' ' || '<>:"/\\|?*'.includes(char) ? '_' : char)).join(
    '',
  )
  const trimmed = cleared.replace(/^[. ]+|[. ]+$/g, '')
  return trimmed === '' ? 'file' : trimmed
}
