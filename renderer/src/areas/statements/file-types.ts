/** What the file chooser offers first; any file may still be chosen or dropped. */
export const statementFileTypes =
  '.txt,.sta,.swi,.mt940,.940,.942,.mt942,.xml,.ofx,.qfx,.qif,.bai,.bai2,.csv,.tsv,.dat,.xlsx,.xls,.zip'
