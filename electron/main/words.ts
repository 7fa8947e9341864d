// The words of native dialogs and of the menu; everything else that is read stands in the window.

import type { Fault } from '../contract/fault.ts'
import type { Language } from '../host/language.ts'

interface Words {
  jobRuns(count: number): string
  jobRunsDetail: string
  stopAndQuit: string
  keepWorking: string
  cannotStart: string
  why(fault: Fault): string
  menu: Record<
    | 'edit'
    | 'undo'
    | 'redo'
    | 'cut'
    | 'copy'
    | 'paste'
    | 'selectAll'
    | 'view'
    | 'zoomIn'
    | 'zoomOut'
    | 'resetZoom'
    | 'fullScreen'
    | 'quit',
    string
  >
}

const en: Words = {
  jobRuns: (count) => (count === 1 ? 'A job is still running.' : `${count} jobs are still running.`),
  jobRunsDetail:
    'What was already sent to the portal will be finished and recorded; the rest waits and can be resumed later.',
  stopAndQuit: 'Stop and quit',
  keepWorking: 'Keep working',
  cannotStart: 'Sverka cannot start',
  why(fault) {
    switch (fault.code) {
      case 'ledger.folder':
        return {
          network: `The data folder is on a network drive: ${fault.path}. Choose a folder of this computer with --data.`,
          synchronised: `The data folder is synchronised to a cloud: ${fault.path}. Choose another one with --data.`,
          unwritable: `The data folder cannot be written: ${fault.path}.`,
        }[fault.reason]
      case 'ledger.newer':
        return 'The data was written by a newer version of Sverka. Install the newer version.'
      case 'ledger.damaged':
        return `The data file is damaged (${fault.detail}). Restore a backup; the damaged file is kept.`
      case 'ledger.full':
        return 'The disk is full. What was stored before is whole; free some space and start again.'
      case 'ledger.disk':
        return `The disk did not take or give the data (${fault.detail}). Check its room, your quota and its cable.`
      default:
        return fault.code
    }
  },
  menu: {
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    view: 'View',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    resetZoom: 'Actual size',
    fullScreen: 'Full screen',
    quit: 'Quit Sverka',
  },
}

const ru: Words = {
  jobRuns: (count) => `Ещё выполняются задания: ${count}.`,
  jobRunsDetail:
    'Отправленное на портал будет завершено и записано; остальное подождёт, его можно будет продолжить.',
  stopAndQuit: 'Остановить и выйти',
  keepWorking: 'Продолжить работу',
  cannotStart: 'Сверка не может запуститься',
  why(fault) {
    switch (fault.code) {
      case 'ledger.folder':
        return {
          network: `Папка данных находится на сетевом диске: ${fault.path}. Укажите папку этого компьютера через --data.`,
          synchronised: `Папка данных синхронизируется с облаком: ${fault.path}. Укажите другую через --data.`,
          unwritable: `В папку данных нельзя писать: ${fault.path}.`,
        }[fault.reason]
      case 'ledger.newer':
        return 'Данные записаны более новой версией Сверки. Установите её.'
      case 'ledger.damaged':
        return `Файл данных повреждён (${fault.detail}). Восстановите резервную копию; повреждённый файл сохранён.`
      case 'ledger.full':
        return 'Диск переполнен. Сохранённое раньше цело; освободите место и запустите снова.'
      case 'ledger.disk':
        return `Диск не записал или не отдал данные (${fault.detail}). Проверьте место, квоту и подключение.`
      default:
        return fault.code
    }
  },
  menu: {
    edit: 'Правка',
    undo: 'Отменить',
    redo: 'Повторить',
    cut: 'Вырезать',
    copy: 'Копировать',
    paste: 'Вставить',
    selectAll: 'Выделить всё',
    view: 'Вид',
    zoomIn: 'Крупнее',
    zoomOut: 'Мельче',
    resetZoom: 'Обычный размер',
    fullScreen: 'Во весь экран',
    quit: 'Выйти из Сверки',
  },
}

export const words: Record<Language, Words> = { en, ru }
