// The words that stand in and around a bank's table, in the languages of the banks.

/** Headers of card statements, where a purchase often stands without its minus. */
export const cardWords = /merchant|card ?(id|number|no)|номер карты|kartennummer|numéro de carte|numer karty/

/** Cell texts of a direction column; 's' and 'h' are the German Soll and Haben. */
export const creditWords: readonly string[] = [
  'c',
  'cr',
  'crdt',
  'credit',
  'h',
  'haben',
  'к',
  'кт',
  'кредит',
  'приход',
  'поступление',
  'зачисление',
  'входящий',
  'входящая',
  'bij',
  'in',
  'incoming',
  'кіріс',
  'кредиттік',
  'deposit',
  'credito',
  'crédito',
  'crédit',
  'abono',
  'uznanie',
  'kredit',
  'паступленне',
  'крэдыт',
  'credit entry',
  'received',
  'приходная',
  'пополнение',
  // Lithuanian, Latvian and Estonian.
  'k',
  'kreditas',
  'inflow',
  'bevétel',
  '+',
]
export const debitWords: readonly string[] = [
  'd',
  'dr',
  'dbit',
  'debit',
  's',
  'soll',
  'д',
  'дт',
  'дебет',
  'расход',
  'списание',
  'исходящий',
  'исходящая',
  'af',
  'out',
  'outgoing',
  'шығыс',
  'дебеттік',
  'withdrawal',
  'debito',
  'débito',
  'débit',
  'cargo',
  'obciążenie',
  'debet',
  'дэбет',
  'расходная',
  'sent',
  'debetas',
  'outflow',
  'kiadás',
  '-',
]

/** First cells of rows below the lines: totals and turnovers. */
export const totalWords =
  /^(итог|всего|оборот|total|transactions? total|grand total|sub-?total|sum(me|s|a)?$|summe|gesamt|барлығы|жиыны|totaal|totaux|количество|кол-во|razem|celkem|suma |усяго|разам|абарот|saldo ?$)/
/** The whole text of a row that has a day and states what was turned over up to it. */
export const turnoverWords =
  /^((total )?turnover|apyvarta|apgrozījums|käive|обороты?( за (день|период))?|umsatzsumme)$/
export const openingWords =
  /входящ\S* (остаток|сальдо)|(остаток|сальдо) (на начало|входящ)|opening balance|starting balance|balance at (the )?(start|beginning)|anfangssaldo|alter kontostand|anfangsbestand|кіріс қалды|beginning balance|solde (initial|précédent|de départ)|saldo (inicial|początkowe|anterior)|počáteční zůstatek|beginsaldo|увахо\S* (астатак|рэшт)|уваходны/
export const closingWords =
  /исходящ\S* (остаток|сальдо)|(остаток|сальдо) (на конец|исходящ)|closing balance|ending balance|balance at (the )?end|endsaldo|neuer kontostand|endbestand|шығыс қалды|closing ledger|solde (final|nouveau|de clôture)|nouveau solde|saldo (final|końcowe)|konečný zůstatek|eindsaldo|выхо\S* (астатак|рэшт)|^kontostand/
/** A column that says whether a row came to anything, and the words that say it did not (yet). */
export const statusTitles =
  /^(state|status|statetype|статус|состояние|статус (операции|платежа)|transaction status|payment status|күйі|buchungsstatus|info|statut|estado|stan|stav|стан)$/
/** A title over the booked rows; it ends a part of rows that are not. */
export const bookedTitles =
  /^(posted|booked|cleared|settled|completed|gebucht|провед[её]нн|исполненн|comptabilis|geboekt|bokförd|zaksięgowan|zaúčtovan)/
/** What a sentence says of rows that the file leaves out. */
export const leftOutWords =
  /\bnot (be )?(reflected|included|shown|displayed|listed|contained|part)|\bnicht (bestandteil|enthalten|ber(ü|ue)cksichtigt|angezeigt)|\bne sont pas|\bniet (opgenomen|getoond|verwerkt)|не (отраж|включ|показ|отображ|учит|учт|вход)/
export const unbookedWords =
  /pending|fail|declin|revert|reject|cancel|reserv|authori[sz]|hold|block|vorgemerkt|offen|в обработк|ожида|отклон|отмен|ошибк|заблок|блокир|холд|в процессе|oczekuj|en attente|pendiente|не (исполн|провед|заверш)|неуспеш/
/** A state of what never happened and never will: no line, not even a pending one. */
export const failedWords = /fail|declin|reject|отклон|ошибк|неуспеш|не (исполн|провед)/
/** Labels of the bank's own account, which stands beside the customer's. */
export const bankAccountWords = /корр|к\/с|кор\. ?сч|бик|bank code|blz/
/** In any text that a balance's label could be in; a quick look before the two above. */
export const balanceWords = /остат|сальдо|balance|saldo|kontostand|bestand|қалды|solde|zůstat|астат|рэшт/i
export const ownAccountWords =
  /сч[её]т|account|konto|iban|rekening|шот|compte|cuenta|rachun|účet|рахунак|иик|жск|контракт/
export const currencyWords = /валют|currency|währung|valuta|devise|munt|waluta|moneda|měna/
