// Payers of an invented bookkeeping world, in five languages, as portals store them and as banks print them.

import type { MatchPayer } from '../../electron/domain/matching/types.ts'
import { digits, pick, upTo } from './matching-truth.ts'
import type { Random } from './matching-truth.ts'

export type Speech = 'ru' | 'be' | 'kk' | 'en' | 'de'

export interface Party extends MatchPayer {
  speech: Speech
  isPerson: boolean
  /** What banks print: legal form in their own way, upper case or not. */
  written: string
  /** The bare name without a legal form. */
  bare: string
  realTaxId: string
  realAccount: string
  isBankrolled: boolean
}

const parts: Record<Speech, readonly string[]> = {
  ru: 'пром тех строй снаб агро мет энерго вест ост норд лес хим авто гео юг сиб урал вол га дон кам ала тау рус мир лид альт фин мед фарм текс пласт бет кров окна двер свет вод газ нефт стан инстр креп торг опт'.split(
    ' ',
  ),
  be: 'бел мін гомель брэст віцеб гродн мож нёман палес дзвін буд транс аграм жыт льно малак хлеб лясн завод маш прыбор спец тэх дах сонц зор'.split(
    ' ',
  ),
  kk: 'қаз алм аста тау жол құр дала сары арка жет су алтын күн бай нұр ақ көк тем мұн ой сап сауда өнім'.split(
    ' ',
  ),
  en: 'north bay hill stone river oak field bright mark well spring wood ash crest gate light line ford bridge lake moor fox glen port'.split(
    ' ',
  ),
  de: 'nord süd bau stahl wald berg stein rhein main holz kraft licht werk druck metall feld bach hof gold grün schwarz weiß mühl'.split(
    ' ',
  ),
}
const surnames =
  'Кузнец Воробь Сокол Лебед Козл Новик Мороз Волк Павл Семён Голуб Виноград Богдан Фёдор Михайл Беля Тарас Комар Орл Кисел Макар Андре Ковал Ильин Гусь Тит Кузьмин Кудрявц Баран Кулик Алексе Степан Яковл Сорокин Серге Роман Захар Борис Королёв Герасим Пономар Григорь Лазар Медвед Ерш Никит Собол Ряб Поляк Цвет Данил Жук Фрол Журавл Никола Крыл Максим Сидор Осип Белоус Федот Дороф Егор Матве Бобр Дмитри Калинин Анисим Петух Антон Тимоф Никифор Веселов Филипп Марк Большак Суханов Мирон Широк Александ Коновал Шестак Казак Ефим Денис Гром Фомин Давыд Мельник Щерб Блин Колесник Карп Афанас Влас Масл Исак Тихон Аксён Гаврил Родион Кот Горбун Кудряш Бык Зу Треть Савель Пан Рыбак Суворов Абрам Ворон Мух Архип Трофим Март Емель Горшк Чернов Овчинник Селезн Панфил Копыл Миха Галкин Назар Лоб Лукин Беляк Потап Некрас Хохл Жданов Наум Шил Воронц Ермак Дроздов Игнать Сав Логин Сафон Капуст Кирилл Моисе Елис Кошел Кост Горбач Орех Ефрем Исаев Евдоким Калашник Кабан Носк Юдин Кулаг Лапин Прохор Нестер Харитон Агаф Муравь Ларион Федосе Зимин Пахом Шубин Игнат'.split(
    ' ',
  )
const given =
  'Александр Сергей Дмитрий Андрей Алексей Максим Евгений Иван Михаил Артём Николай Павел Роман Владимир Виктор Олег Юрий Игорь Кирилл Денис Анна Мария Елена Ольга Наталья Екатерина Татьяна Ирина Светлана Юлия'.split(
    ' ',
  )
const patronymics =
  'Александрович Сергеевич Иванович Петрович Николаевич Андреевич Владимирович Викторович Олегович Юрьевич Игоревич Павлович'.split(
    ' ',
  )

function companyName(speech: Speech, random: Random): string {
  const word = Array.from({ length: 2 + upTo(2, random) }, () => pick(parts[speech], random)).join('')
  const first = word.charAt(0).toUpperCase() + word.slice(1)
  if (random() < 0.35) {
    const second = pick(parts[speech], random) + pick(parts[speech], random)
    return `${first} ${second.charAt(0).toUpperCase()}${second.slice(1)}`
  }
  return first
}

function personName(random: Random): string {
  const ending = pick(['ов', 'ев', 'ин', 'енко', 'ский', 'ук'], random)
  return `${pick(surnames, random)}${ending} ${pick(given, random)} ${pick(patronymics, random)}`
}

const forms: Record<
  Speech,
  readonly (readonly [stored: (name: string) => string, printed: (name: string) => string])[]
> = {
  ru: [
    [(name) => `ООО "${name}"`, (name) => `ООО "${name.toUpperCase()}"`],
    [(name) => `ООО «${name}»`, (name) => `Общество с ограниченной ответственностью "${name}"`],
    [(name) => `${name}, ООО`, (name) => `ООО ${name.toUpperCase()}`],
    [(name) => `АО "${name}"`, (name) => `АКЦИОНЕРНОЕ ОБЩЕСТВО "${name.toUpperCase()}"`],
  ],
  be: [
    [(name) => `ОДО "${name}"`, (name) => `Общество с дополнительной ответственностью "${name}"`],
    [(name) => `ЧТУП "${name}"`, (name) => `ЧТУП "${name.toUpperCase()}"`],
    [(name) => `ООО "${name}"`, (name) => `ООО "${name.toUpperCase()}"`],
  ],
  kk: [
    [(name) => `ТОО "${name}"`, (name) => `Товарищество с ограниченной ответственностью "${name}"`],
    [(name) => `ТОО "${name}"`, (name) => `"${name.toUpperCase()}" ЖШС`],
  ],
  en: [
    [(name) => `${name} Ltd`, (name) => `${name.toUpperCase()} LIMITED`],
    [(name) => `${name} LLC`, (name) => `${name}, LLC`],
  ],
  de: [
    [(name) => `${name} GmbH`, (name) => `${name.toUpperCase()} GMBH`],
    [(name) => `${name} GmbH & Co. KG`, (name) => `${name} GmbH & Co. KG`],
  ],
}

export function buildParty(at: number, speech: Speech, random: Random): Party {
  const isPerson = speech === 'ru' && random() < 0.22
  const bare = isPerson ? personName(random) : companyName(speech, random)
  const [stored, printed] = pick(forms[speech], random)
  const isTrader = isPerson && random() < 0.5
  const realTaxId = isPerson
    ? digits(12, random)
    : `7${digits(speech === 'be' ? 8 : speech === 'kk' ? 11 : 9, random)}`
  const realAccount = accountOf(speech, random)
  const knowsTaxId = random() < (isPerson && !isTrader ? 0 : 0.65)
  const knowsAccount = random() < (isPerson && !isTrader ? 0.1 : 0.4)
  return {
    key: `${isPerson && !isTrader ? 'contact' : 'company'}:${at + 1}`,
    names: [isPerson ? (isTrader ? `ИП ${bare}` : bare) : stored(bare)],
    taxIds: knowsTaxId ? [realTaxId] : [],
    accounts: knowsAccount ? [realAccount] : [],
    speech,
    isPerson,
    written: isPerson ? personWritten(bare, isTrader, random) : printed(bare),
    bare,
    realTaxId: isPerson && !isTrader ? (random() < 0.5 ? '' : realTaxId) : realTaxId,
    realAccount,
    isBankrolled: isPerson && !isTrader,
  }
}

function personWritten(bare: string, isTrader: boolean, random: Random): string {
  const [last = '', first = '', father = ''] = bare.split(' ')
  const full = random() < 0.7 ? bare.toUpperCase() : `${last} ${first.charAt(0)}.${father.charAt(0)}.`
  return isTrader ? `${random() < 0.5 ? 'ИП' : 'Индивидуальный предприниматель'} ${full}` : full
}

function accountOf(speech: Speech, random: Random): string {
  if (speech === 'be') return `BY${digits(2, random)}ALFA${digits(20, random)}`
  if (speech === 'kk') return `KZ${digits(18, random)}`
  if (speech === 'en') return `GB${digits(2, random)}BARC${digits(14, random)}`
  if (speech === 'de') return `DE${digits(20, random)}`
  return `40702810${digits(12, random)}`
}

/** One or two letters of a name wrong, or its end missing, as banks and hands garble it. */
export function garble(name: string, random: Random): string {
  const at = 1 + upTo(Math.max(1, name.length - 2), random)
  const roll = random()
  if (roll < 0.3) return name.slice(0, at) + name.slice(at + 1)
  if (roll < 0.6) return name.slice(0, at) + name.charAt(at + 1) + name.charAt(at) + name.slice(at + 2)
  if (roll < 0.8) return name.slice(0, at) + 'а' + name.slice(at + 1)
  return name.slice(0, Math.max(6, Math.ceil(name.length * 0.8)))
}
