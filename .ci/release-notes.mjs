import { readFileSync } from 'node:fs';

/**
 * Prints what the changelog says of the version that a tag names: node .ci/release-notes.mjs v1.2.3
 * Ends with 1, and says why, where the tag is not that of the package's version or the changelog says nothing of it.
 */
const [, , tag = 'nothing'] = process.argv;

const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
/** From its heading to the next one. */
const section = readFileSync('CHANGELOG.md', 'utf8')
  .split(/^## /m)
  .find((part) => part.startsWith(`[${version}]`));
const notes = section?.split('\n').slice(1).join('\n').trim();

if (tag !== `v${version}`) {
  process.stderr.write(
    `release-notes: expected the tag v${version}, as package.json has it, received ${tag}\n`,
  );
  process.exitCode = 1;
} else if (!notes) {
  process.stderr.write(
    `release-notes: CHANGELOG.md: expected a section "## [${version}]" that says something\n`,
  );
  process.exitCode = 1;
} else process.stdout.write(`${notes}\n`);
