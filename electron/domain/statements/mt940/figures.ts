// Figures by their character codes, for what is asked of every line.

export const zero = 0x30
const nine = 0x39

export function isFigure(code: number): boolean {
  return code >= zero && code <= nine
}
