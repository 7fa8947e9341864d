// Small things kept by the browser between windows. Nothing depends on them; a browser that keeps nothing is fine.

type Name = 'portal' | 'language' | 'theme' | 'sidebar' | 'demoRoad'

export function recall(name: Name): string | null {
  try {
    return localStorage.getItem(`sverka.${name}`)
  } catch {
    return null
  }
}

export function remember(name: Name, value: string): void {
  try {
    localStorage.setItem(`sverka.${name}`, value)
  } catch {
    // A private window refuses; the choice then lives as long as the window.
  }
}
