/** Writes one element of DER: its tag, its length, its content (X.690 section 8.1). */
export function element(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([Uint8Array.of(tag), lengthOf(body.length), body])
}

/** The kinds of element that a certificate is made of. */
export const der = {
  sequence: (...content: readonly Uint8Array[]) => element(0x30, ...content),
  set: (...content: readonly Uint8Array[]) => element(0x31, ...content),
  /** A number that is not negative, most significant byte first. */
  integer: (bytes: Uint8Array) => element(0x02, unsigned(bytes)),
  boolean: (value: boolean) => element(0x01, Uint8Array.of(value ? 0xff : 0)),
  /** Whole bytes, or bytes of whose last one `unused` bits don't count. */
  bitString: (bytes: Uint8Array, unused = 0) => element(0x03, Uint8Array.of(unused), bytes),
  octetString: (bytes: Uint8Array) => element(0x04, bytes),
  nothing: () => element(0x05),
  objectId: (text: string) => element(0x06, objectIdBytes(text)),
  printable: (text: string) => element(0x13, Buffer.from(text, 'ascii')),
  /** UTCTime before 2050 and GeneralizedTime from then on (RFC 5280 section 4.1.2.5). */
  time: (moment: Date) => timeOf(moment),
  /** An element that is told from its neighbours by a number of its own: `[n]`. */
  tagged: (number: number, kind: 'primitive' | 'constructed', ...content: readonly Uint8Array[]) =>
    element((kind === 'primitive' ? 0x80 : 0xa0) | number, ...content),
} as const

function lengthOf(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const bytes = bigEndian(length, 0x100)
  return Uint8Array.of(0x80 | bytes.length, ...bytes)
}

/** The digits of a number in a base, the highest first. */
function bigEndian(number: number, base: number): readonly number[] {
  const rest = Math.floor(number / base)
  return [...(rest === 0 ? [] : bigEndian(rest, base)), number % base]
}

/** DER wants the shortest form, and a first bit of 0 where the number is not negative. */
function unsigned(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0)
  const short = first === -1 ? Uint8Array.of(0) : bytes.subarray(first)
  return (short[0] ?? 0) < 0x80 ? short : Uint8Array.of(0, ...short)
}

function objectIdBytes(text: string): Uint8Array {
  const [first = 0, second = 0, ...more] = text.split('.').map(Number)
  const arcs = [first * 40 + second, ...more]
  return Uint8Array.from(
    arcs.flatMap((arc) =>
      bigEndian(arc, 0x80).map((digit, at, all) => (at < all.length - 1 ? digit | 0x80 : digit)),
    ),
  )
}

function timeOf(moment: Date): Buffer {
  const digits = moment.toISOString().replaceAll(/\.\d+|[-:T]/g, '')
  const utc = moment.getUTCFullYear() < 2050
  return element(utc ? 0x17 : 0x18, Buffer.from(utc ? digits.slice(2) : digits, 'ascii'))
}
