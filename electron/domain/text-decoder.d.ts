// The one thing of the outside world that pure code may use: decoding bytes. Declared here so that
// neither the DOM's nor Node's other globals come along.
interface TextDecoder {
  readonly encoding: string
  decode(input?: Uint8Array, options?: { stream?: boolean }): string
}
declare const TextDecoder: {
  new (label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean }): TextDecoder
}
