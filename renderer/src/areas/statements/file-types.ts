/** What the file chooser offers first; any file may still be chosen or dropped. */
export const statementFileTypes = '.txt,.sta,.mt940,.940,.942,.mt942,.xml,.csv,.tsv,.dat'
