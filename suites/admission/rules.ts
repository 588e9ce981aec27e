import { defineRules } from '../kernel/rule.ts'

/** What answers to admission requests have to be (rpc.md section 8). */
export const rules = defineRules('admission', {
  'both-methods-or-none': {
    statement: 'A plugin that serves one of ValidateAdmission and MutateAdmission serves the other.',
    level: 'must',
    consequence: 'data sources of any version but v0alpha1 can not be saved (`plugin.unimplemented`).',
    sources: [{ spec: 'ADM-009' }, { spec: 'ADM-008' }],
  },
  'valid-settings-admitted': {
    statement: 'Valid settings are admitted with `allowed` set.',
    level: 'must',
    consequence: 'the data source can not be saved: "not allowed".',
    sources: [{ spec: 'ADM-004' }, { spec: 'ADM-002' }, { proto: 'ValidationResponse.allowed' }],
  },
  'mutation-returns-the-object': {
    statement: 'A mutation that is allowed returns the complete object in the encoding of the request.',
    level: 'must',
    consequence: 'saving the data source fails for a missing value, or its settings are lost.',
    sources: [{ spec: 'ADM-006' }, { proto: 'MutationResponse.object_bytes' }],
  },
  'mutation-is-idempotent': {
    statement: 'Mutating a mutated object changes nothing, and validation accepts what mutation made.',
    level: 'should',
    consequence: 'settings drift with every save.',
    sources: [{ spec: 'ADM-010' }],
  },
  'foreign-objects-refused': {
    statement: 'Objects of another kind and bytes that can not be decoded are denied or fail the call.',
    level: 'must',
    consequence: 'garbage is stored, or saving crashes the plugin for everybody.',
    sources: [{ spec: 'ADM-003' }],
  },
  'denial-is-in-band': {
    statement: 'Settings that the plugin rejects are denied in a successful answer.',
    level: 'must',
    consequence: 'the user gets HTTP 500 without the reason.',
    sources: [{ spec: 'ADM-012' }],
  },
  'denial-is-explained': {
    statement: 'A denial carries a message for the user.',
    level: 'should',
    consequence: 'the user reads "not allowed" and no reason.',
    sources: [{ spec: 'ADM-005' }, { proto: 'StatusResult.message' }],
  },
  'warnings-are-short': {
    statement: 'No warning is longer than 256 characters.',
    level: 'may',
    consequence: 'the end of the warning may be cut off.',
    sources: [{ spec: 'ADM-011' }, { proto: 'ValidationResponse.warnings' }],
  },
})
