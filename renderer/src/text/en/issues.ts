// What is said of every problem found in a statement file. A code without words does not compile.

import type { IssueCode } from '../../../../electron/contract/statement.ts'
import type { KeyOf } from '../shape.ts'

export const issues = {
  amount_unreadable: 'The sum cannot be read',
  amount_precision: 'The sum has more digits than the currency',
  amount_missing: 'The sum is missing',
  date_unreadable: 'The date cannot be read',
  date_missing: 'The date is missing',
  date_impossible: 'There is no such day',
  direction_unknown: 'It is unclear whether money came in or went out',
  currency_unknown: 'The currency is not known',
  account_missing: 'The account is missing',
  document_unexecuted: 'The document was not carried out by the bank',
  document_cut: 'A document breaks off',
  file_cut: 'The file breaks off',
  section_unclosed: 'A section of the file is not closed',
  encoding_declared: 'The file names another encoding than it has',
  encoding_replacement: 'Some letters could not be read in this encoding',
  balance_off: 'Opening balance and lines do not make the closing balance',
  balance_missing: 'A balance is missing, the file proves nothing',
  balance_unreadable: 'A balance cannot be read',
  entry_pending: 'The bank has not booked this entry yet',
  entry_details: 'The details of a collective entry are missing or do not fit',
  entry_sum: 'The parts of an entry do not make its sum',
  line_orphan: 'A line stands outside of any statement',
  line_unknown: 'A line of unknown kind',
  row_width: 'The row has another number of columns',
  row_empty: 'An empty row',
  account_own: 'Both accounts of the document are the own one',
  statement_period: 'A line lies outside the period of the statement',
  declared_total: 'The totals named by the bank differ from the lines',
  declared_count: 'The number of lines named by the bank differs',
  reference_long: 'A reference is longer than the format allows',
  record_unreadable: 'A record cannot be read',
} as const satisfies Record<KeyOf<IssueCode>, string>
