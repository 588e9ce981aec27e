/** The first argument of `test(`, `it(`, `describe(` and `test.each(...)(` in the text of a test file. */
const TITLE = /(?:\b(?:test|it|describe)|\))\(\s*(['"`])((?:\\.|(?!\1)[^])*)\1/g

const SPEC_ID = /\b[A-Z]+-\d{3}\b/g

/** The ids of protocol rules that the titles of a test file name: what its tests prove. */
export function idsInTitles(testFile: string): readonly string[] {
  return [...testFile.matchAll(TITLE)].flatMap(([, , title = '']) => title.match(SPEC_ID) ?? [])
}
