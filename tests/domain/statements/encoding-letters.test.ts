// Which of the single-byte encodings a text of a few letters is read in.

import { describe, expect, it } from 'vitest'
import type { StatementEncoding } from '../../../electron/contract/statement.ts'
import { decode, findEncoding } from '../../../electron/domain/statements/encoding.ts'
import { bytesOf } from './text-fixtures.ts'

const samples: readonly [StatementEncoding, string, readonly string[]][] = [
  [
    'windows-1250',
    'Czech and Slovak',
    [
      'Datum;Částka;Název protiúčtu;Zpráva pro příjemce\n1.3.2026;-100,00;Jiří Dvořák;Nájem za březen\n',
      'Příjem;Výdej\n',
      'Platba kartou;Albert Česká republika\n',
      'Zaúčtováno',
      'úhrada faktury č. 12',
      'Úroky;Poplatek za vedení účtu',
      'Dobrý den, splátka půjčky',
      'Škoda Auto a.s.',
      'Vklad v hotovosti, pobočka Brno',
      'Trvalý příkaz',
      'Příchozí úhrada',
      'výběr z bankomatu',
      'Datum splatnosti;Měna',
      'Tomáš',
      'Košice, dátum zaúčtovania',
    ],
  ],
  [
    'windows-1250',
    'Polish',
    [
      'Data księgowania;Tytuł;Kwota\n2026-03-01;Przelew środków na żądanie;-100,00\n',
      'Opłata za przelew',
      'Łódź',
      'wpłata gotówki',
      'Wynagrodzenie za styczeń',
      'Księgarnia',
      'ul. Świętokrzyska',
      'Płatność kartą',
      'Obciążenia;Uznania',
      'Gdańsk',
      'Poznań',
    ],
  ],
  [
    'windows-1250',
    'Hungarian',
    [
      'Könyvelés dátuma;Összeg;Közlemény\n2026.03.01;-100;Rezsi előleg\n',
      'Készpénzfelvétel',
      'jóváírás ügyfél',
      'őszi díj',
      'Budapest, Fő utca',
      'Szűcs Erzsébet, számla egyenlege: fizetendő',
    ],
  ],
  [
    'windows-1252',
    'German',
    [
      'Buchungstag;Empfänger;Verwendungszweck\n01.03.2026;Müller GmbH;Gebühr für März\n',
      'Überweisung',
      'Straße',
      'Ärzte ohne Grenzen',
      'Köln',
      'Währung;Gläubiger ID',
      'Gebühr € 12',
    ],
  ],
  [
    'windows-1252',
    'French',
    [
      'Libellé;Débit;Crédit;Référence\nVirement reçu\n',
      'Prélèvement',
      'Café de la Gare',
      'Opération effectuée à Paris',
      'reçu nº 12',
      'Société Générale',
      'Relevé de compte du mois de août',
      'intérêts créditeurs, première échéance',
      'Noël',
      'hôtel, forêt, français, déjà',
    ],
  ],
  [
    'windows-1252',
    'Spanish, Portuguese, Italian, Nordic',
    [
      'Descripción;Año;España',
      'Cartão de crédito; São Paulo',
      'Transação não reconhecida',
      'Mottagare: Åsa Öberg, Malmö',
      'Överföring',
      'Määrä;Saaja/Maksaja',
      'Bokføring på konto',
      'København',
      'Perché no, città',
      'Commissione: è più',
    ],
  ],
  ['windows-1251', 'Russian', ['Оплата по счету', 'ООО «Ромашка»', 'НДС не облагается']],
  ['ibm866', 'Russian of DOS', ['Оплата по счету 12', 'ОПЛАТА']],
  ['koi8-r', 'Russian of Unix', ['Оплата по счету']],
  ['iso-8859-2', 'Central European of Unix', ['Škoda, Žižkov, příjem', 'Świętokrzyska ąę']],
]

describe.each(samples)('%s, %s', (encoding, _, texts) => {
  it.each(texts)('%j', (text) => {
    const bytes = bytesOf(text, encoding)
    // Where two encodings read the same letters, either is right.
    expect(decode(bytes, findEncoding(bytes).encoding)).toBe(text)
  })
})

it('a hyphen that nobody sees is no Cyrillic letter', () => {
  const bytes = bytesOf('Kenmerk 10\u00ad06\u00ad2010 Van Dijk', 'windows-1252')
  expect(decode(bytes, findEncoding(bytes).encoding)).toContain('10\u00ad06\u00ad2010')
})

it('one letter of an old encoding at the end of a short file proves no UTF-8', () => {
  expect(findEncoding(bytesOf('Wynagrodzenie za styczeń', 'windows-1250')).by).toBe('scored')
  const cut = bytesOf(`${'x'.repeat(5000)}ń`).subarray(0, -1)
  expect(findEncoding(cut)).toEqual({ encoding: 'utf-8', by: 'proved' })
})
