// The language of the few words that a host itself says; the program's own words live with the renderer.

export type Language = 'ru' | 'en'

/** By the customary variables (POSIX order), else by the system's locale. */
export function systemLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const named =
    env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || Intl.DateTimeFormat().resolvedOptions().locale
  return /^(ru|be|kk|ky)\b|^(ru|be|kk|ky)_/i.test(named) ? 'ru' : 'en'
}
