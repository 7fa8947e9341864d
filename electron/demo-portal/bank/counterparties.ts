/** How a payer stands in a bank's file: in capitals, with straight quotes, with accounts the portal may not know. */
import { companyInn, kppOf, settlementAccount } from '../data/identifiers.ts'
import type { BankDetail } from '../data/model.ts'
import { type Client, type OwnCompany, strangeBank } from '../data/parties.ts'
import type { Random } from '../data/random.ts'
import { companyWords } from '../data/words.ts'
import type { Counterparty } from './statement.ts'

function bankName(random: Random, title: string): string {
  const straight = title.replaceAll('«', '"').replaceAll('»', '"')
  return random.chance(0.6) ? straight.toUpperCase() : straight
}

function accountOf(detail: BankDetail): Omit<Counterparty, 'name' | 'inn' | 'kpp'> {
  const { bank, account, iban } = detail
  return {
    account: iban === '' ? account : '',
    iban,
    bankName: `${bank.name} ${bank.city}`,
    bic: bank.bic,
    corAccount: bank.corAccount,
    swift: bank.swift,
  }
}

function unknownAccount(random: Random, balance: string): Omit<Counterparty, 'name' | 'inn' | 'kpp'> {
  const bank = strangeBank(random)
  const account = settlementAccount(random, balance, '810', bank.bic)
  return {
    account,
    iban: '',
    bankName: `${bank.name} ${bank.city}`,
    bic: bank.bic,
    corAccount: bank.corAccount,
    swift: bank.swift,
  }
}

/** The client itself. A tenth of the lines come from an account that the portal does not know. */
export function clientParty(random: Random, client: Client): Counterparty {
  const [requisite] = client.requisites
  const title = client.company?.title ?? requisite?.fullName
  const person = client.contact
  const fallback = person ? `${person.lastName} ${person.name} ${person.secondName}` : ''
  const usual = client.accounts.length > 0 ? random.pick(client.accounts) : undefined
  const balance = client.company ? (requisite?.soleTrader === true ? '40802' : '40702') : '40817'
  const known = usual !== undefined && (client.foreign || random.chance(0.9))
  return {
    name: bankName(random, title ?? fallback),
    inn: requisite?.inn ?? '',
    kpp: requisite?.kpp ?? '',
    ...(known ? accountOf(usual) : unknownAccount(random, balance)),
  }
}

/** Somebody whom the portal does not know. */
export function strangerParty(random: Random, foreign: boolean): Counterparty {
  if (foreign) {
    return {
      name: `${random.pick(['Blue Harbor', 'Kestrel', 'Lindgren', 'Ostrava Sped'])} Payments Ltd`,
      inn: '',
      kpp: '',
      account: '',
      iban: '',
      bankName: 'Harbour Clearing Bank',
      bic: '',
      corAccount: '',
      swift: 'HRBCGB2L',
    }
  }
  return {
    name: `ООО "${random.pick(companyWords).toUpperCase()} ФИНАНС"`,
    inn: companyInn(random, '77'),
    kpp: kppOf('77', random),
    ...unknownAccount(random, '40702'),
  }
}

/** One of our own accounts as the other side of a line. */
export function ownParty(own: OwnCompany, detail: BankDetail): Counterparty {
  return {
    name: own.company.title.replaceAll('«', '"').replaceAll('»', '"'),
    inn: own.requisite.inn,
    kpp: own.requisite.kpp,
    ...accountOf(detail),
  }
}

/** The bank that keeps the account, for its own fees and interest. */
export function bankParty(detail: BankDetail): Counterparty {
  return {
    name: detail.bank.name,
    inn: '',
    kpp: '',
    account: '',
    iban: '',
    bankName: detail.bank.name,
    bic: detail.bank.bic,
    corAccount: detail.bank.corAccount,
    swift: detail.bank.swift,
  }
}
