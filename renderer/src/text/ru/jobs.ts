import type { jobs as english } from '../en/jobs.ts'
import type { SameKeys } from '../shape.ts'

export const jobs: SameKeys<typeof english> = {
  title: 'Идёт работа',
  kind: {
    refresh: 'Обновление оплат',
    refreshAll: 'Обновление всех порталов',
    import: 'Загрузка выписок',
    match: 'Поиск сопоставлений',
    apply: 'Изменение оплат',
    report: 'Подготовка отчёта',
  },
  state: {
    running: 'идёт',
    stopping: 'останавливается…',
    stopped: 'остановлено',
    done: 'готово',
    failed: 'не удалось',
    interrupted: 'прервано',
  },
  progress: '{done} из {total} {unit}',
  progressOpen: '{done} {unit}',
  unit: {
    payments: 'оплат',
    portals: 'порталов',
    lines: 'строк',
    files: 'файлов',
    rows: 'строк',
    items: 'оплат',
    requests: 'запросов',
  },
  left: 'осталось {time}',
  failures: '{n} с ошибкой | {n} с ошибкой | {n} с ошибкой',
  stop: 'Остановить',
  stopWords: 'То, что уже отправлено на портал, завершится; остальное подождёт.',
  resume: 'Продолжить',
  paused: 'приостановлено',
  pausedWords:
    'Остальные оплаты сохранены, как были подтверждены. Когда портал будет доступен, нажмите «Продолжить»: до этого ничего не отправляется.',
  mend: 'К порталу',
  putAway: 'Убрать',
  show: 'Показать',
  waiting: {
    rate: 'ждёт: лимит запросов портала, до {until}',
    timeBudget: 'время портала на этот час израсходовано; продолжит в {until}',
    overload: 'портал просит подождать до {until}',
    backoff: 'ответа нет; повторит в {until}',
  },
  settling:
    'проверяет чтением {n} оплату, до {until} | проверяет чтением {n} оплаты, до {until} | проверяет чтением {n} оплат, до {until}',
  file: 'файл {name}',
  step: {
    counting: 'считает',
    payments: 'читает оплаты',
    orders: 'читает заказы',
    owners: 'читает сделки и счета',
    payers: 'читает плательщиков',
    storing: 'сохраняет',
    reading: 'читает',
    scoring: 'сравнивает',
    writing: 'записывает',
  },
  result: {
    refresh: 'Прочитано всё ({why}), оплат {payments}. Новых {added}, изменилось {changed}, исчезло {gone}',
    refreshWhy: {
      first: 'в первый раз',
      asked: 'как вы просили',
      old: 'прошлый раз был давно',
      count: 'счёт портала не сошёлся',
      access: 'доступ стал другим',
    },
    refreshSome:
      'Прочитано то, что могло измениться, оплат {payments}. Новых {added}, изменилось {changed}, исчезло {gone}. Неоплаченные и новые верны; изменение оплаченной может появиться позже, когда до неё дойдёт очередь',
    refreshAll: 'Прочитано порталов: {portals}, не удалось: {failed}',
    import: 'Новых строк {lines}, уже известных {known}, замечаний {problems}',
    importDoubtful:
      '{n} строка ждёт вашего слова | {n} строки ждут вашего слова | {n} строк ждут вашего слова',
    applyPartly:
      '{n} оплата без реквизитов банка | {n} оплаты без реквизитов банка | {n} оплат без реквизитов банка',
    importFailed: 'Не загружен {n} файл | Не загружены {n} файла | Не загружено {n} файлов',
    match: 'Точных {certain}, вероятных {likely}, сомнительных {doubtful}, без оплаты {none}',
    apply:
      'Подтверждено {confirmed}, уже так {alreadySo}, конфликтов {conflict}, отказов {refused}, не выяснено {unknown}, не отправлено {notSent}',
    report: 'Строк в отчёте: {rows}',
  },
  interruptedWords:
    'Программа завершилась, пока шла эта работа. Ничего не отправлено дважды; можно продолжить с места остановки.',
}
