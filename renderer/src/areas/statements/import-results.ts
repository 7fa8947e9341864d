// Which results of an import belong to which file that was taken.

import { memberMark } from './inbox-file.ts'

/**
 * The results of each named file, in the order of the names. A name that was taken twice gets its results in the same
 * order; the members of an archive stand under its name. A file that the import never came to has none.
 */
export function resultsByFile<Result extends { name: string }>(
  names: readonly string[],
  results: readonly Result[],
): Result[][] {
  const left = new Map<string, Result[]>()
  for (const result of results) left.set(result.name, [...(left.get(result.name) ?? []), result])
  return names.map((name) => {
    const own = left.get(name)?.shift()
    return own ? [own] : results.filter((result) => result.name.startsWith(name + memberMark))
  })
}
