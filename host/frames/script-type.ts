import type { FieldType } from './frame.ts'

/** The browser's name for the kind of a field: `type` in JSON, `tstype` in Arrow (sdk-go:data/frame_json.go, `getTypeScriptTypeString`). */
export function scriptTypeOf(type: FieldType): 'number' | 'string' | 'boolean' | 'time' | 'enum' | 'other' {
  switch (type) {
    case 'string':
      return 'string'
    case 'bool':
      return 'boolean'
    case 'time':
      return 'time'
    case 'enum':
      return 'enum'
    case 'json':
      return 'other'
    default:
      return 'number'
  }
}
