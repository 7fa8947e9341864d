// The migrations in order with the SHA-256 of their frozen text. A changed text is a defect: write the next one.

export interface Migration {
  number: number
  file: string
  sha256: string
}

export const migrations: readonly Migration[] = [
  { number: 1, file: '0001-initial.sql', sha256: 'f4019848b415a3ab733f374a3d3b3732ec48c04c086939d7a382cfdb8a1527bb' },
  { number: 2, file: '0002-statements.sql', sha256: '91691b209144b6225f63cbc49478b5670c67d7ef72214d05191b8303f039bd59' },
  { number: 3, file: '0003-portals.sql', sha256: '45d9a3a320203bef5c54c451c8e3dac27069b60f679305a96b70f7715224e298' },
  { number: 4, file: '0004-freshness.sql', sha256: '5f38149a51a2678ac4aa5a61790b012d4b6009a5c4bcc74916304e90bb15e891' },
  { number: 5, file: '0005-portal-pace.sql', sha256: 'a7544c2f5037b4167cfc26b7179ae2604f1e008693214cdd1d34ee783a60e600' },
]
