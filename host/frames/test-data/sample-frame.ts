import type { Frame } from '../frame.ts'

/** A small frame with every kind of buffer: time, nulls, texts, bits, JSON, enum, metadata. */
export const sampleFrame: Frame = {
  name: 'cpu',
  refId: 'A',
  meta: { type: 'timeseries-wide', typeVersion: [0, 1] },
  fields: [
    {
      name: 'time',
      type: 'time',
      nullable: false,
      values: [1_700_000_000_000_000_001n, 1_700_000_060_000_000_000n],
    },
    { name: 'value', type: 'float64', nullable: true, labels: { host: 'a' }, values: [1.5, null] },
    { name: 'text', type: 'string', nullable: false, values: ['one', 'zwölf'] },
    { name: 'flag', type: 'bool', nullable: true, values: [null, true] },
    { name: 'count', type: 'int64', nullable: false, values: [-5n, 7n] },
    { name: 'json', type: 'json', nullable: false, values: ['{"a":1}', '[]'] },
    {
      name: 'state',
      type: 'enum',
      nullable: false,
      config: { type: { enum: { text: ['off', 'on'] } } },
      values: [0, 1],
    },
  ],
}
