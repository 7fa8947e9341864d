// The migrations in order with the SHA-256 of their frozen text. A changed text is a defect: write the next one.

export interface Migration {
  number: number
  file: string
  sha256: string
}

export const migrations: readonly Migration[] = [
  { number: 1, file: '0001-initial.sql', sha256: '640b4b7486121fe17a006fb80805beac9347e0d901df6894bd259af288b7c670' },
]
