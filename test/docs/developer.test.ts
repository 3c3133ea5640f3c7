import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { builtPackage, repository, runNode } from '../cli/built.ts';
import { toJavaScript } from '../cli/to-javascript.ts';
import { blocksOf } from './blocks.ts';

const page = 'docs/guide/developer.md';
const integration = blocksOf(page, 'ts').find(({ text }) => text.includes('function decide'))?.text ?? '';

/** What is decided on each folder of a recording, polled as it was recorded; by hand from the lessons of index.json. */
const decisions = {
  'ordinary-life.ndjson': ['admit'],
  'two-steps.ndjson': ['refuse'],
  'mistake-finished-read-as-pass.ndjson': ['refuse'],
  'mistake-initial-taken-as-done.ndjson': ['no decision'],
  'mistake-one-analysis-watched.ndjson': ['refuse'],
  'mistake-four-ends-folded-into-two.ndjson': ['ask a person', 'ask a person'],
  'mistake-later-success-masks.ndjson': ['ask a person'],
  'mistake-one-poll.ndjson': ['no decision'],
  'mistake-completion-on-every-poll.ndjson': ['no decision'],
  'failed-with-success.ndjson': ['ask a person'],
  'failed-first.ndjson': ['ask a person'],
  'polls-that-skip.ndjson': ['refuse'],
  'groups-unknown.ndjson': ['refuse', 'refuse'],
  'two-groups-between-two-polls.ndjson': ['refuse', 'refuse'],
  // Single analyses were polled, which say nothing of their folder.
  'operator-decides.ndjson': ['no decision'],
  'finality-violated.ndjson': ['no decision'],
  // The answer with a status that nobody knows is passed over; the next says DECLINED of the check.
  'older-statuses.ndjson': ['refuse'],
  'broken.ndjson': ['no decision'],
  'envelopes.ndjson': ['no decision'],
} as const;

/** The answers of a recording by folder, in the order of arrival: lines that are folders, or envelopes of such. */
function answersIn(file: string): readonly (readonly object[])[] {
  const text = readFileSync(join(repository, 'docs/examples/recordings', file), 'utf8');
  const folders = new Map<string, object[]>();
  for (const line of text.trim().split('\n')) {
    let value: { readonly folder_id?: string; readonly body?: unknown };
    try {
      value = JSON.parse(line) as typeof value;
    } catch {
      continue;
    }
    const body = (value.body ?? value) as { readonly folder_id?: string };
    if (body.folder_id === undefined) continue;
    folders.set(body.folder_id, [...(folders.get(body.folder_id) ?? []), body]);
  }
  return [...folders.values()];
}

/** Decides with the code of the guide on every list of answers; once they are over, the folder is gone. */
const driver = `
import { decide } from './integration.js';
const lists = JSON.parse(process.argv[2]);
const decided = [];
for (const answers of lists) {
  const read = async () => (answers.length > 0 ? { status: 200, body: answers.shift() } : { status: 404 });
  decided.push(await decide(read, { clock: () => 0, random: () => 0 }));
}
console.log(JSON.stringify(decided));
`;

describe('the integration in the guide for developers', () => {
  test('has at most 40 lines', () => {
    expect(integration).not.toBe('');
    expect(integration.trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  });

  test('decides on every folder of the bundled recordings as their lessons say', async () => {
    const directory = join(builtPackage(), 'blocks', `integration-${process.pid}`);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'integration.js'), toJavaScript(integration, 'integration.ts'));
    writeFileSync(join(directory, 'driver.mjs'), driver);
    const files = Object.keys(decisions);
    const lists = files.flatMap(answersIn);
    const { stdout, stderr } = await runNode([join(directory, 'driver.mjs'), JSON.stringify(lists)]);
    expect(stderr).toBe('');
    // The first line is what the block itself prints.
    const decided = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as readonly string[];
    const given = files.map((file) => [file, answersIn(file).map(() => '')] as const);
    let at = 0;
    for (const [, each] of given) for (const index of each.keys()) each[index] = decided[at++]!;
    expect(Object.fromEntries(given)).toEqual(decisions);
  });

  test('is tried on every recording of polls', () => {
    const manifest = JSON.parse(
      readFileSync(join(repository, 'docs/examples/recordings/index.json'), 'utf8'),
    ) as readonly { readonly file: string }[];
    // Callbacks have no folder, and what is compressed is there twice.
    const polled = manifest
      .map(({ file }) => file)
      .filter((file) => file.endsWith('.ndjson') && file !== 'callbacks.ndjson');
    expect(Object.keys(decisions).toSorted()).toEqual(polled.toSorted());
  });
});
