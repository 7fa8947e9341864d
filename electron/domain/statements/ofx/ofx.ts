// Open Financial Exchange: OFX 1 (SGML), OFX 2 (XML) and QFX, which is either with a bank's number in it. Nothing
// of the header is needed: what a file declares about itself is so often wrong that its tags are read as they come.

import { Refusal } from '../../../contract/fault.ts'
import { OfxDocument } from './document.ts'
import type { FileFrame } from './statement.ts'
import type { CreateReader, StatementReader } from '../reader.ts'

/**
 * Reads OFX. Refuses with `statement.noAccount` (no statement in it: a failed sign-on, a bank's profile),
 * `statement.investment` (no other statements than of investments or loans), `statement.recordTooLong` (1 MB) and
 * `statement.forbiddenXml` (a document type with an inside). A file that ends too early keeps what was read.
 */
export const createOfxReader: CreateReader = (options, sink) => {
  const file: FileFrame = { given: options.given, sink, told: new Set() }
  const document = new OfxDocument(options.encoding, file)
  const reader: StatementReader = {
    write: (chunk) => document.write(chunk),
    end: () => {
      const cut = document.end()
      if (document.statements === 0)
        throw new Refusal({ code: document.unsupported > 0 ? 'statement.investment' : 'statement.noAccount' })
      if (cut) sink.issue({ place: cut, code: 'file.cut', text: '', weight: 'problem' })
      const bad = document.badPlace
      if (bad) sink.issue({ place: bad, code: 'encoding.replacement', text: '', weight: 'problem' })
    },
  }
  return reader
}
