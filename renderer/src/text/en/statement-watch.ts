// Words about repeats between files, the watched folder and remembered tables.

export const statementWatch = {
  judge: {
    doubtful:
      '{n} line may be the same money as a line of another file | {n} lines may be the same money as lines of another file',
    doubtfulWords:
      'Same account, day and sum, told in other words, as when one day came once as 1C and once as CAMT. They are not matched until you say what they are.',
    known: '{n} line is known from another file | {n} lines are known from another file',
    knownWords:
      'They stand letter by letter in another file. They are kept to be seen and do not count again.',
    sameAll: 'All are the same money',
    separateAll: 'All are money of their own',
    oneByOne: 'Look one by one',
    show: 'Show them',
    knownSeparate: 'They are money of their own…',
    knownQuestion: 'Count known lines as money?',
    knownQuestionWords:
      'The same lines stand in another file. If they are counted too, this money counts twice, unless the bank really booked it twice.',
    knownConfirm: 'Count {n} line | Count {n} lines',
    same: 'The same money',
    separate: 'Separate money',
    done: {
      same: '{n} line is a repeat and does not count | {n} lines are repeats and do not count',
      separate: '{n} line counts as money of its own | {n} lines count as money of their own',
    },
    twinTitle: 'The line of another file',
    lineDoubtful: 'Is it the same money? Until you say so, this line is not matched.',
    lineKnown: 'This line is taken for a repeat and does not count.',
    lineSeparate: 'This line counts as money of its own.',
    field: 'Field',
    thisLine: 'This line',
    otherLine: 'The other line',
    boldWords: 'What differs is bold.',
    left: '{n} doubtful in the file | {n} doubtful in the file',
    noneLeft: 'none doubtful in the file any more',
    next: 'Next doubtful',
    previous: 'The one before',
    keysTitle: 'Repeated lines',
    stepsTitle: 'From one doubtful line to another',
  },
  watch: {
    title: 'Watched folder',
    words:
      'New files in this folder are imported by themselves: exactly as if you had dropped them here. What needs your word waits for it.',
    never:
      'The watch only reads files and fills the ledger. It never writes to a portal: payments change only through a plan that you confirm.',
    off: 'Watched folder: off',
    folder: 'Watched folder: {folder}',
    state: { off: 'off', watching: 'watching', unreachable: 'cannot be reached' },
    setUp: 'Set up…',
    look: 'Open…',
    waiting: '{n} file waits for your word | {n} files wait for your word',
    choose: 'Choose the folder and watch it',
    path: 'Folder on this computer',
    pathHint:
      'The whole path, as in the address line of the file manager: C:{sign}Bank{sign}Statements or /home/anna/bank. A browser cannot show the dialog for choosing a folder.',
    on: 'Watch this folder',
    switchOff: 'Stop watching',
    lastLook: 'last looked at {when}',
    noLook: 'not looked at yet',
    unreachableWords:
      'The folder is not there or cannot be read. Sverka goes on trying; check the path and that the drive is connected.',
    files: 'Files in the folder',
    noFiles: 'No files yet. What the bank puts there will show here.',
    head: { file: 'File', seen: 'Seen', outcome: 'What became of it' },
    outcome: {
      before: 'lay there before',
      arriving: 'arriving',
      imported: 'imported',
      waiting: 'waits for you',
      refused: 'refused',
    },
    outcomeWords: {
      before: 'It was there when the watch began and is left alone.',
      arriving: 'It is still being written; it is taken when it no longer changes.',
      imported: 'Its lines are in the ledger.',
      waiting: 'Something has to be said first: columns, currency or the order of dates.',
      refused: 'It was not imported.',
    },
    take: 'Open in the import screen',
    takeOf: 'Open in the import screen: {name}',
    news: 'From the watched folder: {files}, {lines}',
  },
  tables: {
    button: '{n} remembered table | {n} remembered tables',
    title: 'Remembered tables',
    words:
      'Tables with these headers are read without asking, as you once said. Forget one to be asked again.',
    none: 'None yet. The columns of a table are remembered when it is imported.',
    used: 'last used {when}',
    forget: 'Forget',
    forgetOf: 'Forget the columns of {name}',
    forgotten: 'The columns are forgotten',
  },
} as const
