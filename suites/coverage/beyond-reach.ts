/** Why neither a rule nor a test can stand for these rules of the protocol, by id. */
export const beyondReach: Readonly<Record<string, string>> = {
  'LIFE-131':
    'nothing on the wire tells a plugin that filters its log from one that has nothing to say at debug; `--trace` shows every line with its level',
}
