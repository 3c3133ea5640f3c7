import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The directory of the package: built code lies one level deeper than its source. */
export const packageRoot = fileURLToPath(
  new URL(import.meta.url.includes('/dist/src/cli/') ? '../../../' : '../../', import.meta.url),
);

/** The version of the package. */
export function packageVersion(): string {
  const text = readFileSync(resolve(packageRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
