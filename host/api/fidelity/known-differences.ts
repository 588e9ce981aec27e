/** A difference between this host and a real Grafana that is known and stays. */
export interface KnownDifference {
  /** Ids of the recordings. */
  readonly ids: readonly string[]
  /** The versions concerned; default both. */
  readonly versions?: readonly string[]
  readonly reason: string
}

/** Where the mapping gives another answer than was recorded, and why; whatever is not listed fails a test. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    ids: [
      'b-expr-math',
      'b-expr-two',
      'b-expr-reduce',
      'b-expr-error',
      'b-expr-rpc-error',
      'b-expr-missing',
      'b-expr-nodata',
      'b-alert-test',
    ],
    reason: 'the answer is what Grafana computed from the plugin’s: server-side expressions are not imitated',
  },
  {
    ids: ['c-bad-unequal-long'],
    reason:
      'a column that is too long, but ends inside the padding of its buffer, gives HTTP 200 with an empty body instead of a panic (FRAME-013); this host takes all columns of unequal length for a panic',
  },
  {
    ids: ['c-compress-lz4', 'c-compress-zstd'],
    reason:
      'compressed record batches are not decompressed, so that their columns have no rows in the body; status and error are equal',
  },
  {
    ids: ['c-string-badutf8'],
    reason: 'a byte that is not UTF-8 is written as U+FFFD itself, where Grafana writes the escape `\\ufffd`',
  },
  {
    ids: ['c-type-string_view'],
    versions: ['10.4.3'],
    reason: 'frames are read as 12.4.0 reads them; the older Arrow library refuses `string_view` columns',
  },
  {
    ids: ['c-config-threshold-extra'],
    versions: ['10.4.3'],
    reason: 'frames are read as 12.4.0 reads them; 10.4.3 drops unknown keys of a threshold step (META-036)',
  },
]

/** The reason for which this recording differs, if it is known. */
export function knownReason(id: string, version: string): string | undefined {
  return knownDifferences.find(
    (one) => one.ids.includes(id) && (one.versions === undefined || one.versions.includes(version)),
  )?.reason
}
