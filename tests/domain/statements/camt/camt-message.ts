// Building camt messages for tests, one element at a time.

export function stmt(
  parts: string,
  options: { container?: string; message?: string; before?: string } = {},
): string {
  const { container = 'Stmt', message = 'BkToCstmrStmt', before = '' } = options
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><${message}>
<GrpHdr><MsgId>M1</MsgId><CreDtTm>2026-03-31T23:30:00.123+03:00</CreDtTm></GrpHdr>${before}
<${container}><Id>1</Id>${parts}</${container}>
</${message}></Document>`
}

export const account =
  '<Acct><Id><IBAN>DE89 3704 0044 0532 0130 00</IBAN></Id><Ccy>EUR</Ccy><Ownr><Nm>Ромашка</Nm></Ownr></Acct>'

export function balance(code: string, amount: string, sign = 'CRDT', day = '2026-03-01'): string {
  return `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="EUR">${amount}</Amt><CdtDbtInd>${sign}</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`
}

export function entry(
  amount: string,
  options: {
    sign?: string
    status?: string
    dates?: string
    more?: string
    details?: string
    currency?: string
  } = {},
): string {
  const { sign = 'CRDT', status = '<Sts>BOOK</Sts>', more = '', details = '', currency = 'EUR' } = options
  const { dates = '<BookgDt><Dt>2026-03-05</Dt></BookgDt><ValDt><Dt>2026-03-06</Dt></ValDt>' } = options
  const inner = details === '' ? '' : `<NtryDtls>${details}</NtryDtls>`
  const indicator = sign === '' ? '' : `<CdtDbtInd>${sign}</CdtDbtInd>`
  return `<Ntry><Amt Ccy="${currency}">${amount}</Amt>${indicator}${status}${dates}${more}${inner}</Ntry>`
}

export function details(parts: string): string {
  return `<TxDtls>${parts}</TxDtls>`
}
