import { areaLaws } from '../laws/area-laws.ts'
import { mutants } from './mutants.ts'
import { oddballs } from './oddballs.ts'

areaLaws('dataplane', mutants, oddballs)
