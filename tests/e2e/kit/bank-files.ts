// Small statements as banks write them, made on the spot, in a folder of their own on disk.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strToU8, zipSync } from 'fflate'

export const account = '40702810900000000321'

export interface BankFolder {
  path: string
  /** Writes a file and answers its path. */
  write(name: string, content: string | Uint8Array): string
  remove(): void
}

export function makeBankFolder(): BankFolder {
  const path = mkdtempSync(join(tmpdir(), 'sverka-bank-'))
  return {
    path,
    write(name, content) {
      const file = join(path, name)
      writeFileSync(file, content)
      return file
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
}

interface Receipt {
  number: string
  day: string
  sum: string
  payer: string
}

/** A 1C exchange of one day, in UTF-8 although it says Windows; `opening` and `closing` in roubles. */
export function oneC(day: string, opening: string, closing: string, receipts: readonly Receipt[]): string {
  const documents = receipts.map(
    ({ number, day: at, sum, payer }) => `СекцияДокумент=Платежное поручение
Номер=${number}
Дата=${at}
Сумма=${sum}
ПлательщикСчет=40702810500000000777
Плательщик=${payer}
ПолучательСчет=${account}
Получатель=ООО "Северный ветер"
ДатаПоступило=${at}
НазначениеПлатежа=Оплата по счету ${number}
КонецДокумента`,
  )
  return [
    '1CClientBankExchange',
    'ВерсияФормата=1.03',
    'Кодировка=Windows',
    'СекцияРасчСчет',
    `ДатаНачала=${day}`,
    `ДатаКонца=${day}`,
    `РасчСчет=${account}`,
    `НачальныйОстаток=${opening}`,
    `КонечныйОстаток=${closing}`,
    'КонецРасчСчет',
    ...documents,
    'КонецФайла',
  ].join('\r\n')
}

/** The same day of the same account as camt.053 tells it: one receipt, no counterparty's account. */
export function camt(day: string, opening: string, closing: string, sum: string): string {
  const balance = (code: string, amount: string) =>
    `<Bal><Tp><CdOrPrtry><Cd>${code}</Cd></CdOrPrtry></Tp><Amt Ccy="RUB">${amount}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Dt><Dt>${day}</Dt></Dt></Bal>`
  return `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"><BkToCstmrStmt><GrpHdr><MsgId>M9</MsgId><CreDtTm>${day}T20:00:00</CreDtTm></GrpHdr><Stmt><Id>S9</Id><CreDtTm>${day}T20:00:00</CreDtTm><Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>RUB</Ccy></Acct>
${balance('OPBD', opening)}${balance('CLBD', closing)}
<Ntry><Amt Ccy="RUB">${sum}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>${day}</Dt></BookgDt><ValDt><Dt>${day}</Dt></ValDt><AcctSvcrRef>R9</AcctSvcrRef><NtryDtls><TxDtls><RmtInf><Ustrd>Payment 901</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
</Stmt></BkToCstmrStmt></Document>`
}

/** No currency, no account, and every date reads two ways. */
export const qif = [
  '!Type:Bank',
  "D03/04'26",
  'T120.00',
  'PTulpe AG',
  '^',
  "D05/06'26",
  'T-20.00',
  'PBank',
  '^',
].join('\n')

export function table(
  rows: readonly (readonly [day: string, what: string, sum: string, who: string])[],
): string {
  return ['Wann;Was;Wieviel;Wer', ...rows.map((row) => row.join(';'))].join('\r\n')
}

export const pdf = '%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n'

export function zip(members: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(members).map(([name, text]) => [name, strToU8(text)])))
}

/** The smallest workbook that Excel opens: one sheet of texts and numbers. */
export function workbook(sheet: string, rows: readonly (readonly (string | number)[])[]): Uint8Array {
  const cells = rows.map((row, at) => {
    const own = row.map((value, column) => {
      const place = `${String.fromCharCode(65 + column)}${at + 1}`
      return typeof value === 'number'
        ? `<c r="${place}"><v>${value}</v></c>`
        : `<c r="${place}" t="inlineStr"><is><t>${value}</t></is></c>`
    })
    return `<row r="${at + 1}">${own.join('')}</row>`
  })
  const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
  const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
  const packageLinks = 'http://schemas.openxmlformats.org/package/2006/relationships'
  return zip({
    '[Content_Types].xml': `${xml}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="${packageLinks}"><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${xml}<workbook xmlns="${main}" xmlns:r="${office}"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="${packageLinks}"><Relationship Id="rId1" Type="${office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    'xl/worksheets/sheet1.xml': `${xml}<worksheet xmlns="${main}"><sheetData>${cells.join('')}</sheetData></worksheet>`,
  })
}
