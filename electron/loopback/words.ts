// What the loopback host says in the terminal it was started from.

import type { Language } from '../host/language.ts'

interface Words {
  open(address: string): string
  again(address: string): string
  noBrowser: string
  jobRuns(count: number): string
  idle: string
  closing: string
  portTaken(port: number): string
  usage: string
}

export const words: Record<Language, Words> = {
  en: {
    open: (address) => `Sverka: ${address}\n(works once, within a minute; npm start prints a new one)`,
    again: (address) => `Sverka runs already: ${address}`,
    noBrowser: 'There is no display here to open a browser on: open the address above yourself.',
    jobRuns: (count) => `${count} job(s) still run. Press Ctrl-C again to stop them and end.`,
    idle: 'The last window was closed a while ago: ending.',
    closing: 'Ending…',
    portTaken: (port) => `Port ${port} is taken by another program.`,
    usage: 'npm start -- [--data DIR] [--port N] [--no-open] [--memory-vault]',
  },
  ru: {
    open: (address) =>
      `Сверка: ${address}\n(адрес действует один раз и одну минуту; новый печатает npm start)`,
    again: (address) => `Сверка уже запущена: ${address}`,
    noBrowser: 'Здесь нет экрана, чтобы открыть браузер: откройте адрес выше сами.',
    jobRuns: (count) =>
      `Ещё выполняются задания: ${count}. Нажмите Ctrl-C ещё раз, чтобы остановить их и выйти.`,
    idle: 'Последнее окно давно закрыто: завершение.',
    closing: 'Завершение…',
    portTaken: (port) => `Порт ${port} занят другой программой.`,
    usage: 'npm start -- [--data ПАПКА] [--port N] [--no-open] [--memory-vault]',
  },
}
