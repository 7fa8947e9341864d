import { describe, expect, it } from 'vitest'
import { createOfxReader } from '../../../../electron/domain/statements/ofx/ofx.ts'
import { balance, header, lineWith, ofx, only, readOfx, record, statement, told } from './ofx-file.ts'
import { bytesAt, readAll, readCut, refusalOf } from '../table/table-collect.ts'
import { bytesOf } from '../text-fixtures.ts'

it('reads account, period, closing balance and every field of a line', () => {
  const text = ofx(
    statement(
      [
        '<STMTTRN>',
        '<TRNTYPE>CREDIT',
        '<DTPOSTED>20260605120000[-5:EST]',
        '<DTUSER>20260603',
        '<DTAVAIL>20260606',
        '<TRNAMT>+1250.75',
        '<FITID>2026-17',
        '<CHECKNUM>305',
        '<REFNUM>R9',
        '<NAME>Acme Ltd',
        '<BANKACCTTO><BANKID>12100024<ACCTID>44 55<ACCTTYPE>CHECKING</BANKACCTTO>',
        '<MEMO>Invoice 305',
        '</STMTTRN>',
      ].join('\n'),
    ),
  )
  const collected = readOfx(text)
  const head = { account: '001', currency: 'USD', owner: '', from: '2026-06-01', to: '2026-06-30' }
  expect(collected.statements).toMatchObject([
    {
      opened: { ...head, openingMinor: null, closingMinor: null },
      head: { ...head, openingMinor: null, closingMinor: 10_000 },
    },
  ])
  expect(collected.issues).toEqual([])
  expect(only(collected)).toEqual({
    bankDay: '2026-06-05',
    valueDay: '2026-06-06',
    amountMinor: 125_075,
    currency: 'USD',
    counterparty: { name: 'Acme Ltd', taxId: '', account: '4455', bankCode: '12100024' },
    purpose: 'Invoice 305',
    purposeGlued: null,
    documentNumber: '305',
    documentDay: '2026-06-03',
    bankReference: '2026-17',
    reversal: false,
    booked: true,
    place: {
      line: 14,
      from: text.indexOf('<STMTTRN>'),
      to: text.indexOf('</STMTTRN>') + '</STMTTRN>'.length,
    },
  })
})

describe('the header', () => {
  const body = `<OFX>${statement(record())}</OFX>`
  it.each<[string, string]>([
    ['with CRLF', `${header.join('\r\n')}\r\n\r\n`],
    ['with LF', `${header.join('\n')}\n\n`],
    ['all on one line', `${header.join(' ')} `],
    ['glued', header.join('')],
    ['with blank lines', `\n\n${header.join('\n\n')}\n\n\n`],
    ['without an empty line behind it', `${header.join('\n')}\n`],
    ['as a processing instruction', '<?xml version="1.0"?>\n<?OFX OFXHEADER="200" VERSION="220"?>\n'],
    ['as an instruction without its second question mark', '<?OFX OFXHEADER="200" VERSION="220">\n'],
    ['missing', ''],
    ['behind a byte order mark', '\ufeffOFXHEADER:100\n'],
  ])('%s', (_, head) => {
    const collected = readOfx(`${head}${body}`)
    expect(only(collected)).toMatchObject({ amountMinor: 5000, bankDay: '2026-06-05' })
    expect(collected.issues).toEqual([])
  })

  it('that declares another charset does not decide: the reader is told the encoding', () => {
    const text = ofx(statement(record('<MEMO>Оплата')))
    expect(
      only(readAll(createOfxReader, bytesOf(text, 'windows-1251'), { encoding: 'windows-1251' })).purpose,
    ).toBe('Оплата')
    expect(only(readAll(createOfxReader, bytesOf(text, 'utf-16le'), { encoding: 'utf-16le' })).purpose).toBe(
      'Оплата',
    )
    expect(only(readOfx(text)).purpose).toBe('Оплата')
  })
})

describe('tags', () => {
  it.each<[string, string]>([
    ['without end', '<NAME>Acme\n<MEMO>Invoice\n'],
    ['with end', '<NAME>Acme</NAME><MEMO>Invoice</MEMO>'],
    ['with and without, mixed', '<NAME>Acme<MEMO>Invoice</MEMO>'],
    ['with an end that lost its mark', '<NAME>Acme</NAME\n<MEMO>Invoice</MEMO\n'],
    ['closed by another leaf’s end', '<NAME>Acme</MEMO><MEMO>Invoice</NAME>'],
    ['closed by ends of nothing', '<NAME>Acme</FOO></PAYEE><MEMO>Invoice</BAR>'],
    ['with blanks inside', '<NAME >Acme</NAME ><MEMO >Invoice</MEMO >'],
    ['with attributes', '<NAME xml:lang="en" a=\'b\'>Acme<MEMO>Invoice'],
    ['with a prefix', '<ofx:NAME>Acme</ofx:NAME><ofx:MEMO>Invoice</ofx:MEMO>'],
    ['in small letters', '<name>Acme</name><memo>Invoice</memo>'],
    ['nobody knows between them', '<INTU.X>1<NAME>Acme<FOO><BAR>2</BAR></FOO><MEMO>Invoice'],
    ['and comments', '<!-- <NAME>No --><NAME>Acme<!-- > --><MEMO>Invoice'],
  ])('%s', (_, more) => {
    expect(lineWith(more)).toMatchObject({ counterparty: { name: 'Acme' }, purpose: 'Invoice' })
  })

  it.each<[string, string]>([
    ['self-closed', '<MEMO/><CHECKNUM />'],
    ['empty with end', '<MEMO></MEMO><CHECKNUM></CHECKNUM>'],
    ['empty without end', '<MEMO>\n<CHECKNUM>\n'],
    ['of blanks', '<MEMO>   </MEMO><CHECKNUM>  '],
  ])('empty: %s', (_, more) => {
    expect(lineWith(`<NAME>Acme${more}<REFNUM>7`)).toMatchObject({ purpose: 'Acme', documentNumber: '7' })
  })

  it('all on one line read the same', () => {
    const text = ofx(statement(record('<NAME>Acme<MEMO>Invoice')))
    const flat = readOfx(text.replaceAll('\n', ''))
    expect(flat.lines).toMatchObject([
      { purpose: 'Invoice', counterparty: { name: 'Acme' }, place: { line: 1 } },
    ])
    expect(flat.statements[0]?.head).toEqual(readOfx(text).statements[0]?.head)
  })

  it('of records may lack their ends', () => {
    const open =
      record('<MEMO>one').replace('</STMTTRN>', '\n') + record('<MEMO>two').replace('</STMTTRN>', '')
    const collected = readOfx(ofx(statement(open)))
    expect(collected.lines.map((line) => line.purpose)).toEqual(['one', 'two'])
    expect(collected.issues).toEqual([])
  })

  it('of parts may lack their ends', () => {
    const line = lineWith(
      '<PAYEE><NAME>Acme<CITY>Riga<CURRENCY><CURRATE>1<CURSYM>USD<MEMO>Invoice<CHECKNUM>9',
    )
    expect(line).toMatchObject({ counterparty: { name: 'Acme' }, purpose: 'Invoice', documentNumber: '9' })
  })

  it('around the statement may be missing', () => {
    const collected = readOfx(
      `<CURDEF>EUR<BANKACCTFROM><ACCTID>77</BANKACCTFROM><BANKTRANLIST>${record()}</BANKTRANLIST>`,
    )
    expect(collected.statements).toMatchObject([{ head: { account: '77', currency: 'EUR' } }])
    expect(collected.lines).toHaveLength(1)
  })

  it('of the whole file may be missing around a record', () => {
    const collected = readOfx(`\n${record()}\n${record()}`)
    expect(collected.lines.map((line) => line.place)).toEqual([
      { line: 2, from: 1, to: 1 + record().length },
      { line: 3, from: 2 + record().length, to: 2 + 2 * record().length },
    ])
    expect(told(collected)).toContain('account.missing problem')
  })

  it('of statements may lack their ends, and each account keeps its lines', () => {
    const bare = (account: string, memo: string) =>
      statement(record(`<MEMO>${memo}`), account).replaceAll(/<\/(STMTRS|STMTTRNRS|BANKTRANLIST)>/g, '')
    const collected = readOfx(ofx(bare('1', 'one'), bare('2', 'two')))
    expect(collected.statements.map(({ head, lines }) => [head?.account, lines[0]?.purpose])).toEqual([
      ['1', 'one'],
      ['2', 'two'],
    ])
  })
})

describe('texts', () => {
  it.each<[string, string, string]>([
    ['an unescaped &', 'B & C', 'B & C'],
    ['a & before letters', 'AT&T;', 'AT&T;'],
    ['escapes', 'B &amp; C &lt;D&gt; &quot;E&quot; &apos;F&apos;&nbsp;G', 'B & C <D> "E" \'F\' G'],
    ['what is escaped twice', 'B &amp;amp; C &amp;lt;D&amp;gt;', 'B & C <D>'],
    ['an escape before a semicolon', 'B &amp; C; D', 'B & C; D'],
    ['numbers', 'caf&#233; &#x20AC;5', 'café €5'],
    ['numbers that are no letter', '&#55296; &#xFFFFFF;', '&#55296; &#xFFFFFF;'],
    ['a < that begins no tag', 'a < b <3', 'a < b <3'],
    ['a > alone', 'a > b', 'a > b'],
    ['an address', 'to <a@b.example>', 'to <a@b.example>'],
    ['markup', 'see <b>this', 'see <b>this'],
    ['quotes', '"Acme" \'Ltd\'', '"Acme" \'Ltd\''],
    ['a CDATA section', '<![CDATA[B &amp; <C> ]]>', 'B &amp; <C>'],
    ['a CDATA section between text', 'x<![CDATA[ & ]]>y', 'x & y'],
    ['an unescaped & before CDATA', '&<![CDATA[amp;]]>', '&amp;'],
  ])('%s', (_, raw, text) => {
    expect(lineWith(`<MEMO>${raw}`).purpose).toBe(text)
    expect(lineWith(`<MEMO>${raw}</MEMO>`).purpose).toBe(text)
  })

  it('broken into lines are joined with a blank, and glued beside it', () => {
    expect(lineWith('<MEMO>Invoice 30\r\n5 of June')).toMatchObject({
      purpose: 'Invoice 30 5 of June',
      purposeGlued: 'Invoice 305 of June',
    })
    expect(lineWith('<MEMO>Invoice<br>305')).toMatchObject({
      purpose: 'Invoice 305',
      purposeGlued: 'Invoice305',
    })
  })

  it('lose blanks that stand twice', () => {
    expect(lineWith('<NAME>  EFTPOS   ALDI\t STORE ').counterparty.name).toBe('EFTPOS ALDI STORE')
  })

  it('with bytes that are no letter are told once, at their place', () => {
    const bytes = bytesOf(ofx(statement(record('\n<MEMO>Over\x81weisung'))), 'windows-1252')
    const from = bytes.indexOf(0x81)
    const collected = readAll(createOfxReader, bytes)
    expect(only(collected).purpose).toBe('Over?weisung')
    expect(collected.issues).toEqual([
      { place: { line: 15, from, to: from + 1 }, code: 'encoding.replacement', text: '', weight: 'problem' },
    ])
  })
})

describe('accounts', () => {
  const card = (records: string) =>
    `<CCSTMTTRNRS><CCSTMTRS><CURDEF>EUR<CCACCTFROM><ACCTID>4111 1111</CCACCTFROM><BANKTRANLIST>${records}</BANKTRANLIST>${balance}</CCSTMTRS></CCSTMTTRNRS>`
  const investment =
    '<INVSTMTTRNRS><INVSTMTRS><CURDEF>USD<INVACCTFROM><BROKERID>b<ACCTID>X 1</INVACCTFROM><INVTRANLIST><INVBANKTRAN>' +
    `${record()}<SUBACCTFUND>CASH</INVBANKTRAN></INVTRANLIST></INVSTMTRS></INVSTMTTRNRS>`

  it('of a bank and a card stand beside each other', () => {
    const collected = readOfx(
      ofx(statement(record()), statement(record('<MEMO>b'), '002'), card(record('<MEMO>c'))),
    )
    expect(
      collected.statements.map(({ head, lines }) => [head?.account, head?.currency, lines.length]),
    ).toEqual([
      ['001', 'USD', 1],
      ['002', 'USD', 1],
      ['41111111', 'EUR', 1],
    ])
  })

  it('of investments are told as not supported, and the others are read', () => {
    const text = ofx(investment, statement(record()))
    const collected = readOfx(text)
    expect(collected.statements.map(({ head }) => head?.account)).toEqual(['001'])
    expect(collected.lines).toHaveLength(1)
    expect(told(collected)).toEqual(['account.unsupported problem X1'])
    expect(bytesAt(new TextEncoder().encode(text), collected.issues[0]?.place ?? { from: 0, to: 0 })).toBe(
      '<INVSTMTRS><CURDEF>USD<INVACCTFROM><BROKERID>b<ACCTID>X 1</INVACCTFROM>',
    )
  })

  it('of investments alone are refused by name', () => {
    expect(refusalOf(() => readOfx(ofx(investment)))).toEqual({ code: 'statement.investment' })
  })

  it('that the bank did not answer for are told', () => {
    const failed =
      '<STMTTRNRS><STATUS><CODE>2003<SEVERITY>ERROR<MESSAGE>Account not found</STATUS></STMTTRNRS>'
    expect(told(readOfx(ofx(failed, statement(record()))))).toEqual([
      'account.missing problem 2003 Account not found',
    ])
  })

  it('are absent where the sign-on failed', () => {
    const text =
      '<OFX><SIGNONMSGSRSV1><SONRS><STATUS><CODE>15500<SEVERITY>ERROR</STATUS></SONRS></SIGNONMSGSRSV1></OFX>'
    expect(refusalOf(() => readOfx(text))).toEqual({ code: 'statement.noAccount' })
    expect(refusalOf(() => readOfx(header.join('\n')))).toEqual({ code: 'statement.noAccount' })
  })

  it('only listed by the bank are no statements', () => {
    const list =
      '<OFX><SIGNUPMSGSRSV1><ACCTINFO><BANKACCTFROM><ACCTID>1</BANKACCTFROM></ACCTINFO></SIGNUPMSGSRSV1></OFX>'
    expect(refusalOf(() => readOfx(list))).toEqual({ code: 'statement.noAccount' })
  })

  it('may be given where the file names none', () => {
    const text = ofx(statement(record())).replace('<ACCTID>001', '')
    expect(told(readOfx(text))).toEqual(['account.missing problem'])
    const given = readOfx(text, { given: { account: '12 34' } })
    expect(given.statements[0]?.head?.account).toBe('1234')
    expect(given.issues).toEqual([])
    expect(
      readOfx(ofx(statement(record())), { given: { account: '1234' } }).statements[0]?.head?.account,
    ).toBe('001')
  })
})

describe('balances', () => {
  it('are never an opening: the ledger balance closes at its day', () => {
    expect(readOfx(ofx(statement(record()))).statements[0]?.head).toMatchObject({
      openingMinor: null,
      closingMinor: 10_000,
    })
  })

  it('that are available only are none', () => {
    const collected = readOfx(ofx(statement(record())).replaceAll('LEDGERBAL', 'AVAILBAL'))
    expect(collected.statements[0]?.head?.closingMinor).toBeNull()
    expect(told(collected)).toEqual(['balance.missing note 001'])
  })

  it('of other kinds do not overwrite it', () => {
    const others = `${balance}<AVAILBAL><BALAMT>7.00<DTASOF>20260101</AVAILBAL><BALLIST><BAL><NAME>x<VALUE>9<DTASOF>20270101</BAL></BALLIST>`
    const collected = readOfx(ofx(statement(record())).replace(balance, others))
    expect(collected.statements[0]?.head?.closingMinor).toBe(10_000)
    expect(collected.issues).toEqual([])
  })

  it('of a day behind the period are told', () => {
    const collected = readOfx(ofx(statement(record())).replace('<DTASOF>20260630', '<DTASOF>20260715'))
    expect(collected.statements[0]?.head).toMatchObject({ to: '2026-06-30', closingMinor: 10_000 })
    expect(told(collected)).toEqual(['statement.period note 20260715'])
  })

  it('that are no sum are told', () => {
    const collected = readOfx(ofx(statement(record())).replace('<BALAMT>100.00', '<BALAMT>n/a'))
    expect(collected.statements[0]?.head?.closingMinor).toBeNull()
    expect(told(collected)).toEqual(['balance.unreadable problem n/a'])
  })

  it('without a period give the days of the lines', () => {
    const text = ofx(statement(record('', '1.00', '20260610') + record('', '2.00', '20260603')))
    const head = readOfx(text.replace('<DTSTART>20260601<DTEND>20260630', '')).statements[0]?.head
    expect(head).toMatchObject({ from: '2026-06-03', to: '2026-06-10' })
  })
})

describe('what is cut', () => {
  const whole = ofx(statement(record('<MEMO>one') + record('<MEMO>two')))

  it('keeps what was read and is told', () => {
    const at = whole.indexOf('MEMO>two')
    const collected = readOfx(whole.slice(0, at))
    expect(collected.lines.map((line) => [line.purpose, line.amountMinor])).toEqual([
      ['one', 5000],
      ['', 5000],
    ])
    expect(told(collected)).toEqual(['balance.missing note 001', 'file.cut problem'])
  })

  it('in the middle of a sum gives no sum', () => {
    const at = whole.lastIndexOf('50.00') + 2
    const collected = readOfx(whole.slice(0, at))
    expect(collected.lines).toHaveLength(1)
    expect(told(collected)).toEqual([
      'amount.missing problem',
      'balance.missing note 001',
      'file.cut problem',
    ])
  })

  it('throws nothing wherever it is cut', () => {
    for (let at = 0; at < whole.length; at += 1) {
      const text = whole.slice(0, at)
      const started = text.includes('<STMTTRN>') || text.includes('<ACCTID>001<')
      if (started) expect(told(readOfx(text)).includes('file.cut problem')).toBe(!/<\/OFX>?$/.test(text))
      else expect(refusalOf(() => readOfx(text))).toEqual({ code: 'statement.noAccount' })
    }
  })
})

describe('what is too much', () => {
  const endless = (text: string) => `${ofx(statement('')).slice(0, -100)}${text}`
  const long = 'x'.repeat(1_100_000)
  it.each<[string, string]>([
    ['a value', `<STMTTRN><MEMO>${long}`],
    ['a record of many values', `<STMTTRN>${`<MEMO>${'x'.repeat(1000)}`.repeat(1100)}`],
    ['a comment', `<!--${long}`],
    ['a CDATA section', `<MEMO><![CDATA[${long}`],
    ['text outside of tags', long],
    ['a tag', `<${'A'.repeat(1_100_000)}`],
  ])('%s of more than 1 MB is refused', (_, text) => {
    const expected = { code: 'statement.recordTooLong', limitKb: 1024 }
    const bytes = new TextEncoder().encode(`${endless(text)}</STMTTRN>`)
    expect(refusalOf(() => readAll(createOfxReader, bytes))).toMatchObject(expected)
    expect(refusalOf(() => readAll(createOfxReader, bytes, {}, 4096))).toMatchObject(expected)
  })

  it('a document type is passed over, one with an inside is refused', () => {
    const text = ofx(statement(record('<MEMO>&a;')))
    expect(only(readOfx(text.replace('<OFX>', '<!DOCTYPE OFX SYSTEM "ofx160.dtd"><OFX>'))).purpose).toBe(
      '&a;',
    )
    const bomb = text.replace('<OFX>', '<!DOCTYPE OFX [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><OFX>')
    expect(refusalOf(() => readOfx(bomb))).toEqual({ code: 'statement.forbiddenXml' })
  })

  it.each<[string, string]>([
    ['marks that open', '<'.repeat(900_000)],
    ['marks that close', '>'.repeat(900_000)],
    ['escapes', '&amp;'.repeat(180_000)],
    ['beginnings of escapes', '&'.repeat(900_000)],
    ['blanks', `a${' '.repeat(450_000)}b${' '.repeat(440_000)}\nc`],
    ['line breaks', `a${'\n'.repeat(900_000)}b`],
  ])('a value of %s costs no more than its length', (_, text) => {
    const bytes = new TextEncoder().encode(ofx(statement(record(`<MEMO>${text}`))))
    const started = performance.now()
    readAll(createOfxReader, bytes, {}, 1000)
    readAll(createOfxReader, new TextEncoder().encode(ofx(statement(record())).slice(0, -160) + text))
    expect(performance.now() - started).toBeLessThan(3000)
  })
})

it('reads the same however it is cut into chunks', () => {
  const text = ofx(
    statement(
      `${record('\r\n<NAME>Größe &amp; Söhne\r<MEMO><![CDATA[a]]>€ 😀</MEMO>')}\r\n${record('<!-- x --><MEMO>b', '$1,5', '2026')}`,
    ),
  )
  const bytes = new TextEncoder().encode(text)
  const whole = readAll(createOfxReader, bytes)
  expect(whole.lines).toHaveLength(1)
  for (let at = 1; at < bytes.length; at += 1) expect(readCut(createOfxReader, bytes, [at])).toEqual(whole)
  expect(readAll(createOfxReader, bytes, {}, 1)).toEqual(whole)
})
