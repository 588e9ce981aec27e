/** Why neither a rule nor a test can stand for these rules of the protocol, by id. */
export const beyondReach: Readonly<Record<string, string>> = {}
