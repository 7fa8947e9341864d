/** Own and client companies, people, their requisites and bank accounts. */
import {
  companyInn,
  correspondentAccount,
  ibanOf,
  kppOf,
  ogrn,
  personInn,
  settlementAccount,
} from './identifiers.ts'
import type { Bank, BankDetail, Company, Contact, Currency, Requisite } from './model.ts'
import type { Random } from './random.ts'
import * as words from './words.ts'

export interface OwnCompany {
  company: Company
  requisite: Requisite
  accounts: { main: BankDetail; second: BankDetail | undefined; foreign: BankDetail | undefined }
}

export interface Client {
  company: Company | undefined
  contact: Contact | undefined
  /** First is the one usually used. */
  requisites: Requisite[]
  accounts: BankDetail[]
  foreign: boolean
}

export interface Parties {
  own: [OwnCompany, OwnCompany]
  clients: Client[]
  companies: Company[]
  contacts: Contact[]
  requisites: Requisite[]
  bankDetails: BankDetail[]
}

function bank(name: string, city: string, bic: string, swift: string): Bank {
  return { name, city, bic, corAccount: correspondentAccount(bic), swift }
}

const russianBanks: readonly Bank[] = [
  bank('АО «СЕВЕРНЫЙ КРЕДИТ»', 'г. Москва', '044525901', 'SEVKRUMM'),
  bank('ПАО БАНК «ПРИВОЛЖЬЕ»', 'г. Самара', '043601902', 'PRVZRU3S'),
  bank('АО «НЕВСКИЙ ДОМ БАНК»', 'г. Санкт-Петербург', '044030903', 'NVDBRU2P'),
  bank('ООО КБ «УРАЛПРОМКРЕДИТ»', 'г. Екатеринбург', '046577904', 'URPKRU4E'),
  bank('АО БАНК «СИБИРСКИЙ ПУТЬ»', 'г. Новосибирск', '045004905', 'SBPTRU55'),
]

const foreignBanks: Record<string, Bank> = {
  DE: { name: 'Nordmark Bank AG', city: 'Hamburg', bic: '', corAccount: '', swift: 'NRDMDEHH' },
  LT: { name: 'Vilniaus Kelias Bankas', city: 'Vilnius', bic: '', corAccount: '', swift: 'VLKBLT22' },
  PL: { name: 'Bank Nadwislany', city: 'Warszawa', bic: '', corAccount: '', swift: 'NDWSPLPW' },
  FI: { name: 'Saaristo Pankki', city: 'Turku', bic: '', corAccount: '', swift: 'SRSTFIHH' },
  CZ: { name: 'Moravska Sporitelna', city: 'Brno', bic: '', corAccount: '', swift: 'MRVSCZPP' },
}

const ibanDigits: Record<string, number> = { DE: 18, LT: 16, PL: 24, FI: 14, CZ: 20 }
const accountCurrency: Record<Currency, string> = { RUB: '810', USD: '840', EUR: '978', BYN: '933' }

/** Hands out ids and keeps every row that was made. */
class PartyBook {
  readonly companies: Company[] = []
  readonly contacts: Contact[] = []
  readonly requisites: Requisite[] = []
  readonly bankDetails: BankDetail[] = []
  readonly random: Random
  readonly managers: readonly number[]

  constructor(random: Random, managers: readonly number[]) {
    this.random = random
    this.managers = managers
  }

  company(title: string, own: boolean): Company {
    const id = 101 + this.companies.length
    const company: Company = {
      id,
      title,
      own,
      email: `office${id}@example.com`,
      phone: `+7495${this.random.digits(7)}`,
      assignedById: this.random.pick(this.managers),
    }
    this.companies.push(company)
    return company
  }

  contact(companyId: number): Contact {
    const male = this.random.chance(0.5)
    const family = this.random.pick(words.familyNames)
    const id = 501 + this.contacts.length
    const contact: Contact = {
      id,
      name: this.random.pick(male ? words.maleNames : words.femaleNames),
      secondName: this.random.pick(male ? words.malePatronymics : words.femalePatronymics),
      lastName: male ? family : `${family}а`,
      companyId,
      email: `person${id}@example.com`,
      phone: `+7916${this.random.digits(7)}`,
      assignedById: this.random.pick(this.managers),
    }
    this.contacts.push(contact)
    return contact
  }

  requisite(given: Omit<Requisite, 'id'>): Requisite {
    const requisite = { id: 27 + this.requisites.length, ...given }
    this.requisites.push(requisite)
    return requisite
  }

  account(requisite: Requisite, currency: Currency, at: Bank, iban = ''): BankDetail {
    const balance = requisite.soleTrader ? '40802' : requisite.entityTypeId === 3 ? '40817' : '40702'
    const account =
      iban === '' ? settlementAccount(this.random, balance, accountCurrency[currency], at.bic) : iban
    const detail: BankDetail = {
      id: 11 + this.bankDetails.length,
      requisiteId: requisite.id,
      name: at.name,
      bank: at,
      account,
      iban,
      currency,
    }
    this.bankDetails.push(detail)
    return detail
  }
}

function addLegal(
  book: PartyBook,
  company: Company,
  legal: string,
  region: string,
  soleTrader: boolean,
): Requisite {
  const inn = soleTrader ? personInn(book.random, region) : companyInn(book.random, region)
  return book.requisite({
    entityTypeId: 4,
    entityId: company.id,
    name: soleTrader ? 'ИП' : 'Организация',
    companyName: company.title,
    fullName: legal,
    inn,
    kpp: soleTrader ? '' : kppOf(region, book.random),
    ogrn: ogrn(book.random, region, soleTrader),
    vatId: '',
    country: 'RU',
    soleTrader,
  })
}

function addForeign(
  book: PartyBook,
  title: string,
  country: string,
  own: boolean,
): Client & { company: Company } {
  const company = book.company(title, own)
  const requisite = book.requisite({
    entityTypeId: 4,
    entityId: company.id,
    name: 'Company',
    companyName: title,
    fullName: title,
    inn: '',
    kpp: '',
    ogrn: '',
    vatId: `${country}${book.random.digits(9)}`,
    country,
    soleTrader: false,
  })
  const at = foreignBanks[country]
  if (!at) throw new RangeError(`no bank in ${country}`)
  const iban = ibanOf(country, book.random.digits(ibanDigits[country] ?? 18))
  const account = book.account(requisite, 'EUR', at, iban)
  return { company, contact: undefined, requisites: [requisite], accounts: [account], foreign: true }
}

function addOwn(book: PartyBook): [OwnCompany, OwnCompany] {
  const first = book.company('ООО «Северный ветер»', true)
  const legal = addLegal(
    book,
    first,
    'Общество с ограниченной ответственностью «Северный ветер»',
    '77',
    false,
  )
  const [home, other] = [russianBanks[0], russianBanks[2]]
  if (!home || !other) throw new RangeError('own banks are missing')
  const accounts = {
    main: book.account(legal, 'RUB', home),
    second: book.account(legal, 'RUB', other),
    foreign: book.account(legal, 'USD', home),
  }
  const abroad = addForeign(book, 'Nordwind Handels GmbH', 'DE', true)
  const [requisite] = abroad.requisites
  const [account] = abroad.accounts
  if (!requisite || !account) throw new RangeError('own company abroad has no requisites')
  return [
    { company: first, requisite: legal, accounts },
    {
      company: abroad.company,
      requisite,
      accounts: { main: account, second: undefined, foreign: undefined },
    },
  ]
}

function soleTraderTitle(random: Random): { title: string; legal: string } {
  const male = random.chance(0.6)
  const family = random.pick(words.familyNames)
  const name = random.pick(male ? words.maleNames : words.femaleNames)
  const second = random.pick(male ? words.malePatronymics : words.femalePatronymics)
  const last = male ? family : `${family}а`
  return {
    title: `ИП ${last} ${name[0] ?? ''}.${second[0] ?? ''}.`,
    legal: `Индивидуальный предприниматель ${last} ${name} ${second}`,
  }
}

function addRussian(book: PartyBook): Client {
  const { random } = book
  const region = random.pick(words.regions)
  const soleTrader = random.chance(0.22)
  const name = `${random.pick(words.companyWords)}${random.pick(words.companyTails)}`
  const stock = random.chance(0.15)
  const named = soleTrader
    ? soleTraderTitle(random)
    : {
        title: `${stock ? 'АО' : 'ООО'} «${name}»`,
        legal: `${stock ? 'Акционерное общество' : 'Общество с ограниченной ответственностью'} «${name}»`,
      }
  const company = book.company(named.title, false)
  const requisites = [addLegal(book, company, named.legal, region, soleTrader)]
  const [main] = requisites
  if (!main) throw new RangeError('a company without requisites')
  const accounts = [book.account(main, 'RUB', random.pick(russianBanks))]
  if (random.chance(0.25)) accounts.push(book.account(main, 'RUB', random.pick(russianBanks)))
  if (random.chance(0.08)) {
    const branch = addLegal(book, company, named.legal, random.pick(words.regions), soleTrader)
    branch.name = 'Обособленное подразделение'
    branch.inn = main.inn
    requisites.push(branch)
  }
  return { company, contact: book.contact(company.id), requisites, accounts, foreign: false }
}

function addPerson(book: PartyBook): Client {
  const contact = book.contact(0)
  const known = book.random.chance(0.4)
  const fullName = `${contact.lastName} ${contact.name} ${contact.secondName}`
  const requisite = known
    ? book.requisite({
        entityTypeId: 3,
        entityId: contact.id,
        name: 'Физ. лицо',
        companyName: '',
        fullName,
        inn: personInn(book.random, book.random.pick(words.regions)),
        kpp: '',
        ogrn: '',
        vatId: '',
        country: 'RU',
        soleTrader: false,
      })
    : undefined
  const accounts = requisite ? [book.account(requisite, 'RUB', book.random.pick(russianBanks))] : []
  return { company: undefined, contact, requisites: requisite ? [requisite] : [], accounts, foreign: false }
}

/** Two own companies and `count` clients: mostly Russian companies, some people, ten or more foreign companies. */
export function createParties(random: Random, count: number, managers: readonly number[]): Parties {
  const book = new PartyBook(random, managers)
  const own = addOwn(book)
  const clients: Client[] = []
  const foreignCount = Math.max(words.foreignCompanies.length, Math.round(count * 0.08))
  for (let index = 0; index < foreignCount; index += 1) {
    const named = words.foreignCompanies[index % words.foreignCompanies.length]
    if (!named) break
    const round = Math.floor(index / words.foreignCompanies.length)
    const title = round === 0 ? named.name : `${named.name} (${round + 1})`
    clients.push(addForeign(book, title, named.country, false))
  }
  while (clients.length < count) clients.push(random.chance(0.12) ? addPerson(book) : addRussian(book))
  const { companies, contacts, requisites, bankDetails } = book
  return { own, clients, companies, contacts, requisites, bankDetails }
}

/** A bank for payers whom the portal does not know. */
export function strangeBank(random: Random): Bank {
  return random.pick(russianBanks)
}
