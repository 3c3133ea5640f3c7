import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SpecificationRecord } from '../../review/record.ts';
import { packageRoot } from '../package.ts';

/** The record of the specification, relative to the package. */
const specificationFile = 'docs/specification.json';

/** The record of the specification that comes with the package. */
export function readSpecification(): SpecificationRecord {
  return JSON.parse(readFileSync(join(packageRoot, specificationFile), 'utf8')) as SpecificationRecord;
}
