/** Bytes that are no protobuf message of any type, with a name for people. */
export interface Undecodable {
  readonly name: string
  readonly bytes: Uint8Array
}

/** How much noise follows the fault. */
const TAIL = 64

/** One message a way to be broken, each followed by noise; every parser refuses all of them (protobuf.dev: Encoding). */
export function undecodable(random: () => number): readonly Undecodable[] {
  const broken = (name: string, head: readonly number[], tail = TAIL): Undecodable => ({
    name,
    bytes: Uint8Array.from([...head, ...Array.from({ length: tail }, () => Math.floor(random() * 256))]),
  })
  return [
    broken('a length beyond the end', [0x0a, 0xff, 0xff, 0xff, 0x7f]),
    broken('wire type 7', [0x0f]),
    broken('field number 0', [0x02]),
    broken(
      'a number without end',
      Array.from({ length: 11 }, () => 0xff),
    ),
    broken('the end of a group that never began', [0x0c]),
    broken('a tag that is cut off', [0x8a], 0),
  ]
}
