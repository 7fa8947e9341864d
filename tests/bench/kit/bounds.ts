// The plain way to read `Key=Value` lines and nothing else, for a measure of what reading all of a document costs.

/** Decodes the bytes, cuts them into lines and looks each line's key up; answers how many lines had a known key. */
export function readKeys(bytes: Uint8Array, encoding: string): number {
  const decoder = new TextDecoder(encoding)
  const places = new Map<string, number>()
  let known = 0
  let rest = ''
  const take = (line: string): void => {
    const equals = line.indexOf('=')
    if (equals < 0) return
    const key = line.slice(0, equals)
    if (places.has(key)) known += 1
    else places.set(key, places.size)
  }
  for (let from = 0; from < bytes.length; from += blockBytes) {
    const lines = (rest + decoder.decode(bytes.subarray(from, from + blockBytes), { stream: true })).split(
      '\r\n',
    )
    rest = lines.pop() ?? ''
    for (const line of lines) take(line)
  }
  take(rest)
  return known
}

const blockBytes = 48 * 1024
