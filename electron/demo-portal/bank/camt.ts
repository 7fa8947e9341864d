/** camt.053.001.08 for the euro account; the first day with two receipts books them as one entry with two details. */
import type { BankAccount, BankLine, StatementPeriod } from './statement.ts'
import { closingMinor, printMinor } from './statement.ts'

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

function tag(name: string, text: string): string {
  return `<${name}>${escapeXml(text)}</${name}>`
}

function mark(direction: 'in' | 'out'): string {
  return tag('CdtDbtInd', direction === 'in' ? 'CRDT' : 'DBIT')
}

function amount(minor: number): string {
  return `<Amt Ccy="EUR">${printMinor(minor, '.')}</Amt>`
}

function party(role: 'Dbtr' | 'Cdtr', line: BankLine): string {
  const { counterparty } = line
  const id =
    counterparty.iban === '' ? '' : `<${role}Acct><Id>${tag('IBAN', counterparty.iban)}</Id></${role}Acct>`
  return `<${role}><Pty>${tag('Nm', counterparty.name)}</Pty></${role}>${id}`
}

function agent(role: 'DbtrAgt' | 'CdtrAgt', line: BankLine): string {
  const { swift } = line.counterparty
  return swift === '' ? '' : `<${role}><FinInstnId>${tag('BICFI', swift)}</FinInstnId></${role}>`
}

function detail(line: BankLine): string {
  const incoming = line.direction === 'in'
  const texts = line.purpose.match(/.{1,140}/gs) ?? []
  return [
    '<TxDtls>',
    `<Refs>${tag('EndToEndId', incoming ? 'NOTPROVIDED' : line.documentNumber)}${tag('TxId', line.documentNumber)}</Refs>`,
    amount(line.minor),
    mark(line.direction),
    `<RltdPties>${party(incoming ? 'Dbtr' : 'Cdtr', line)}</RltdPties>`,
    `<RltdAgts>${agent(incoming ? 'DbtrAgt' : 'CdtrAgt', line)}</RltdAgts>`,
    `<RmtInf>${texts.map((text) => tag('Ustrd', text)).join('')}</RmtInf>`,
    '</TxDtls>',
  ].join('')
}

function entry(lines: readonly BankLine[], number: number): string {
  const [first] = lines
  if (!first) return ''
  const sum = lines.reduce((total, line) => total + line.minor, 0)
  const batch = lines.length > 1 ? `<Btch>${tag('NbOfTxs', String(lines.length))}</Btch>` : ''
  return [
    '<Ntry>',
    tag('NtryRef', String(number)),
    amount(sum),
    mark(first.direction),
    '<Sts><Cd>BOOK</Cd></Sts>',
    `<BookgDt>${tag('Dt', first.bankDay)}</BookgDt>`,
    `<ValDt>${tag('Dt', first.bankDay)}</ValDt>`,
    tag('AcctSvcrRef', `NRD${first.bankDay.replaceAll('-', '')}${String(number).padStart(5, '0')}`),
    `<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>${first.direction === 'in' ? 'RCDT' : 'ICDT'}</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>`,
    `<NtryDtls>${batch}${lines.map(detail).join('')}</NtryDtls>`,
    '</Ntry>',
  ].join('')
}

/** Entries of the file: each line alone, but for one pair of receipts of the same day. */
function entriesOf(lines: readonly BankLine[]): BankLine[][] {
  const entries: BankLine[][] = []
  let paired = false
  for (let index = 0; index < lines.length; index += 1) {
    const [line, following] = [lines[index], lines[index + 1]]
    if (!line) continue
    const fits =
      line.direction === 'in' && following?.direction === 'in' && following.bankDay === line.bankDay
    if (!paired && fits && following) {
      entries.push([line, following])
      paired = true
      index += 1
    } else entries.push([line])
  }
  return entries
}

function balance(code: 'OPBD' | 'CLBD', minor: number, day: string): string {
  const direction = minor < 0 ? 'out' : 'in'
  return `<Bal><Tp><CdOrPrtry>${tag('Cd', code)}</CdOrPrtry></Tp>${amount(Math.abs(minor))}${mark(direction)}<Dt>${tag('Dt', day)}</Dt></Bal>`
}

export function writeCamt(account: BankAccount, period: StatementPeriod): Uint8Array {
  const id = `NRD-${period.to.replaceAll('-', '')}`
  const xml = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08">',
    '<BkToCstmrStmt>',
    `<GrpHdr>${tag('MsgId', id)}${tag('CreDtTm', `${period.created}T06:10:00+01:00`)}</GrpHdr>`,
    '<Stmt>',
    `${tag('Id', id)}${tag('ElctrncSeqNb', '1')}${tag('CreDtTm', `${period.created}T06:10:00+01:00`)}`,
    `<FrToDt>${tag('FrDtTm', `${period.from}T00:00:00`)}${tag('ToDtTm', `${period.to}T23:59:59`)}</FrToDt>`,
    `<Acct><Id>${tag('IBAN', account.detail.iban)}</Id><Ccy>EUR</Ccy><Ownr>${tag('Nm', account.own.company.title)}</Ownr></Acct>`,
    balance('OPBD', account.openingMinor, period.from),
    balance('CLBD', closingMinor(account), period.to),
    ...entriesOf(account.lines).map((lines, index) => entry(lines, index + 1)),
    '</Stmt>',
    '</BkToCstmrStmt>',
    '</Document>',
    '',
  ]
  return new TextEncoder().encode(xml.join('\n'))
}
