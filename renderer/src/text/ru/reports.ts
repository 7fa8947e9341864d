import type { reports as english } from '../en/reports.ts'
import type { SameKeys } from '../shape.ts'

export const reports: SameKeys<typeof english> = {
  title: 'Отчёты',
  period: 'Период',
  portal: 'Портал',
  allPortals: 'Все порталы',
  currency: 'Валюта',
  exportTitle: 'Отчёт о сверке',
  exportHint:
    'Итоги, сопоставленное, к оплате, к снятию, расхождения, строки без оплат, оплаты без строк, изменения.',
  choosePortal: 'Отчёт составляется по одному порталу: выберите его.',
  print: 'Печать',
  printed: 'Напечатано {at}',
  card: {
    share: 'Сверено',
    shareWords: '{matched} из {in}, которые нужно сопоставить',
    shareNone: 'За этот период ничего не поступило',
    open: 'Открытые оплаты',
    openWords:
      '{n} не оплачена, денег ещё нет | {n} не оплачены, денег ещё нет | {n} не оплачено, денег ещё нет',
    openOld: 'старше 30 дней: {sum}',
    differences: 'Расхождения',
    differencesWords: 'посмотреть {n} оплату | посмотреть {n} оплаты | посмотреть {n} оплат',
    differencesNone: 'Нет',
    lines: 'Строки без оплат',
    linesNone: 'Нет',
    look: 'Посмотреть',
  },
  chart: {
    days: 'Поступления по дням',
    weeks: 'Поступления по неделям',
    daysHint: 'Сопоставлено и ещё нет, {currency}',
    matched: 'сопоставлено',
    open: 'ещё не сопоставлено',
    ageing: 'Открытые оплаты по возрасту',
    ageingHint: 'Дней со дня счёта, {currency}',
    asTable: 'Показать таблицей',
    asChart: 'Показать диаграммой',
    week: 'неделя с {day}',
    empty: 'За этот период денег не поступало.',
    emptyAge: 'В этой валюте открытого нет.',
  },
  column: {
    day: 'День',
    in: 'Поступило',
    matched: 'Сопоставлено',
    open: 'Не сопоставлено',
    age: 'Возраст',
    count: 'Оплат',
    sum: 'Сумма',
    standing: 'Состояние',
  },
  age: {
    upTo7: '0–7 дней',
    upTo30: '8–30 дней',
    upTo90: '31–90 дней',
    more: 'больше 90 дней',
  },
  differences: 'Расхождения',
  empty: {
    title: 'Отчитываться пока не о чем',
    words:
      'Подключите портал и загрузите выписку: тогда здесь будет видно, что сверено, что открыто и как давно.',
    toStatements: 'Загрузить выписку',
    toPortals: 'Подключить портал',
  },
}
