// How texts are folded for searching, and what is sought in them.

/** The words of a search, folded as the searched columns are. */
export function searchedWords(said: string | undefined): string[] {
  return foldText(said ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 8)
}

/** Text as searches compare it: lower case, ё as е, quotes and repeated blanks gone. */
export function foldText(said: string): string {
  return said
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replaceAll(/["'«»“”„]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
