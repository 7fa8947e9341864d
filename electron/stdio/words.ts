// The terminal's own words, in both languages: how to use it, and what was wrong with how it was used.

import type { Language } from '../host/language.ts'
import type { Wrong } from './arguments.ts'

interface Words {
  usage: string
  kinds: Record<'query' | 'command', string>
  input: string
  noInput: string
  result: string
  files: Record<'ticket' | 'files' | 'json', string>
  near(names: readonly string[]): string
  seeHelp: string
  wrong(wrong: Wrong): string
  signIn: string
  pasteCode: string
  saved(path: string): string
  keptNowhere(name: string): string
}

const usageEn = `Usage:
  npm run -s sverka -- <call> [json] [@file] [options]   one call; its result is one JSON value on stdout
  npm run -s sverka -- --stdio [options]                 frames as JSON lines on stdin and stdout
  npm run -s sverka -- --help [call]                     this page, or one call's input as a JSON schema

  [json]            the call's input; "-" reads it from stdin
  @file             a file: handed over as a ticket where the call takes one, else read as the JSON input.
                    portals.connect takes its secret from @file or stdin only, never from an argument; a file
                    may hold the whole input as JSON or nothing but a webhook's address
  --data DIR        the profile's folder
  --out DIR         where files of the result are put; nothing is overwritten
  --memory-vault    keeps secrets in memory for as long as the process lives

An archive is as good as the files in it. Where one of several files or members is refused, the others are imported or
read all the same: the result on stdout tells of each, the first refusal stands on stderr, and the exit code is 1. That
goes for a file imported before, too (statement.alreadyImported). statements.watch keeps its folder in the profile and imports from it for as
long as a window or --stdio runs; what came meanwhile is imported when one starts.

Exit codes: 0 done, 1 a fault (JSON on stderr), 2 wrong usage. A job is followed to its end; Ctrl-C stops it.
In --stdio: {"id":1,"call":"app.status"}, {"id":2,"claim":"path"}, {"id":1,"abandon":true}.

Calls:`

const usageRu = `Запуск:
  npm run -s sverka -- <вызов> [json] [@файл] [параметры]   один вызов; результат — одно значение JSON в stdout
  npm run -s sverka -- --stdio [параметры]                  кадры строками JSON через stdin и stdout
  npm run -s sverka -- --help [вызов]                       эта страница или схема JSON входа одного вызова

  [json]            вход вызова; «-» читает его из stdin
  @файл             файл: передаётся талоном, если вызов принимает файлы, иначе читается как вход в JSON.
                    portals.connect берёт секрет только из @файла или stdin, но не из аргумента; в файле —
                    весь вход в JSON или один адрес вебхука
  --data ПАПКА      папка профиля
  --out ПАПКА       куда положить файлы результата; ничего не перезаписывается
  --memory-vault    секреты хранятся в памяти, пока живёт процесс

Архив принимается так же, как файлы в нём. Если один из нескольких файлов не принят, остальные всё равно загружаются или
читаются: о каждом сказано в результате в stdout, первый отказ — в stderr, код выхода 1. Уже загруженный файл
(statement.alreadyImported) — тоже отказ. statements.watch запоминает папку в профиле; файлы из неё загружаются, пока
работает окно или --stdio, а пришедшие за это время — при следующем запуске.

Коды выхода: 0 — сделано, 1 — отказ (JSON в stderr), 2 — неверный запуск. За заданием программа следит до конца;
Ctrl-C его останавливает. В --stdio: {"id":1,"call":"app.status"}, {"id":2,"claim":"путь"}, {"id":1,"abandon":true}.

Вызовы:`

const en: Words = {
  usage: usageEn,
  kinds: { query: 'query', command: 'command' },
  input: 'input',
  noInput: 'none',
  result: 'result',
  files: { ticket: 'takes one @file', files: 'takes @files', json: '@file is read as the JSON input' },
  near: (names) => `Did you mean ${names.join(', ')}?`,
  seeHelp: 'All calls: npm run -s sverka -- --help',
  wrong: (wrong) => {
    switch (wrong.code) {
      case 'nothing':
        return 'No call was named.'
      case 'unknownCall':
        return `There is no call "${wrong.name}".`
      case 'unknownOption':
        return `There is no option ${wrong.name}.`
      case 'valueMissing':
        return `${wrong.name} needs a folder.`
      case 'twoInputs':
        return 'More than one input was given. Quote the JSON so that the shell leaves it whole.'
      case 'notJson':
        return 'The input is not JSON. Quote it so that the shell leaves it whole.'
      case 'notAnObject':
        return 'Together with @file the input must be a JSON object.'
      case 'noFileTaken':
        return `${wrong.call} cannot take both an input and a file to read it from.`
      case 'oneFileOnly':
        return `${wrong.call} takes one file.`
      case 'secretArgument':
        return (
          'secret.argument: a secret is never taken from an argument, because other programs can see it and the shell ' +
          'remembers it. Put it into a file and give @file, or pipe it in and give "-". If this one was real, replace ' +
          'it in the portal.'
        )
    }
  },
  signIn: 'Sign in to the portal in the browser at this address:',
  pasteCode: 'Then paste the code, or the whole return address, here and press Enter:',
  saved: (path) => `saved: ${path}`,
  keptNowhere: (name) => `${name} was made but not kept: name a folder with --out.`,
}

const ru: Words = {
  usage: usageRu,
  kinds: { query: 'запрос', command: 'команда' },
  input: 'вход',
  noInput: 'нет',
  result: 'результат',
  files: {
    ticket: 'принимает один @файл',
    files: 'принимает @файлы',
    json: '@файл читается как вход в JSON',
  },
  near: (names) => `Может быть, ${names.join(', ')}?`,
  seeHelp: 'Все вызовы: npm run -s sverka -- --help',
  wrong: (wrong) => {
    switch (wrong.code) {
      case 'nothing':
        return 'Вызов не назван.'
      case 'unknownCall':
        return `Вызова «${wrong.name}» нет.`
      case 'unknownOption':
        return `Параметра ${wrong.name} нет.`
      case 'valueMissing':
        return `После ${wrong.name} нужна папка.`
      case 'twoInputs':
        return 'Дано больше одного входа. Возьмите JSON в кавычки, чтобы оболочка его не разделила.'
      case 'notJson':
        return 'Вход не является JSON. Возьмите его в кавычки, чтобы оболочка его не разделила.'
      case 'notAnObject':
        return 'Вместе с @файлом вход должен быть объектом JSON.'
      case 'noFileTaken':
        return `${wrong.call} не принимает сразу и вход, и файл с ним.`
      case 'oneFileOnly':
        return `${wrong.call} принимает один файл.`
      case 'secretArgument':
        return (
          'secret.argument: секрет не берётся из аргумента: его видят другие программы и помнит оболочка. Положите ' +
          'его в файл и укажите @файл или передайте через stdin и укажите «-». Если секрет настоящий, замените его ' +
          'на портале.'
        )
    }
  },
  signIn: 'Войдите на портал в браузере по этому адресу:',
  pasteCode: 'Затем вставьте сюда код или весь адрес возврата и нажмите Enter:',
  saved: (path) => `сохранено: ${path}`,
  keptNowhere: (name) => `Файл ${name} создан, но не сохранён: укажите папку через --out.`,
}

export const words: Record<Language, Words> = { en, ru }
