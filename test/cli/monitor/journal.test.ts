import { existsSync, readFileSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { JournalProblem } from '../../../src/cli/io/journal-problem.ts';
import { MonitorJournal, type Write } from '../../../src/cli/monitor/monitor-journal.ts';
import type { MonitorCore } from '../../../src/monitor/index.ts';
import { isDeep, some } from '../../deep.ts';
import { coreWith, linesOf, spoofed } from '../../monitor/monitoring.ts';
import { directoryWith } from '../fake-terminal.ts';

const at = { clock: 1, time: 1.7e12 };

/** A monitor with its journal in a file, as far as that goes. */
function opened(path: string, write?: Write) {
  const core = coreWith();
  const journal = new MonitorJournal(
    path,
    (record) => core.restore(record),
    () => core.records(),
    write,
  );
  return { core, journal };
}

const lives = [...spoofed('f'), ...spoofed('g')];

/** Takes lines from where it had come to, one after the other. */
function takeRest({ core, journal }: ReturnType<typeof opened>, to = lives.length): readonly string[] {
  const told: string[] = [];
  for (let from = (core.positionOf('log') as number | undefined) ?? 0; from < to; from += 1) {
    const record = core.take(
      { source: 'log', lines: linesOf([lives[from]], from + 1), position: from + 1 },
      at,
    );
    journal.add(record);
    told.push(...record.found.map(({ id }) => id));
  }
  return told;
}

const waiting = (core: MonitorCore) => core.undelivered('file').map(({ id }) => id);

/** What is told of all lines without an interruption. */
const wholeIds = (): readonly string[] =>
  coreWith()
    .take({ source: 'log', lines: linesOf(lives), position: 0 }, at)
    .found.map(({ id }) => id);

describe('the journal of a monitor', () => {
  it('gives back what was in it, and can be made anew at any time', () => {
    const path = join(directoryWith({}), 'journal');
    const first = opened(path);
    takeRest(first, 2);
    first.journal.renew(first.core.records());
    takeRest(first, 4);
    first.journal.close();
    const second = opened(path);
    expect(second.core.positionOf('log')).toBe(4);
    expect(waiting(second.core)).toEqual(wholeIds().slice(0, 1));
    second.journal.renew(second.core.records());
    second.journal.close();
    const third = opened(path);
    takeRest(third);
    expect(waiting(third.core)).toEqual(wholeIds());
    third.journal.close();
  });

  it('cut off at any byte, loses no finding and gives none twice, or says that it cannot be gone on from', () => {
    const path = join(directoryWith({}), 'journal');
    const first = opened(path);
    takeRest(first, 3);
    first.journal.renew(first.core.records());
    takeRest(first);
    first.journal.close();
    const bytes = readFileSync(path);
    const whole = bytes.toString('latin1');
    const snapshotEnd = whole.indexOf('\n', whole.indexOf('"is":"stand"')) + 1;
    const lineEnds = [...whole.matchAll(/\n/g)].map(({ index }) => index + 1);
    const problems = new Set<string>();
    const beside = lineEnds.flatMap((end) => [end - 1, end]);
    const every = Array.from({ length: bytes.length }, (_, cut) => cut);
    for (const cut of isDeep ? every : [...some(20, every), ...beside]) {
      writeFileSync(path, bytes.subarray(0, cut));
      if (cut < snapshotEnd) {
        expect(() => opened(path)).toThrow(JournalProblem);
        expect(() => opened(path)).toThrow(
          /^line \d+: expected the rest of what the journal begins with: it was cut off$/,
        );
        problems.add('cut');
        continue;
      }
      const again = opened(path);
      // What was not whole is gone from the file as well.
      expect(again.journal.bytes).toBe(lineEnds.filter((end) => end <= cut).at(-1));
      takeRest(again);
      expect(waiting(again.core)).toEqual(wholeIds());
      again.journal.close();
      problems.add('gone on');
    }
    expect([...problems].toSorted()).toEqual(['cut', 'gone on']);
  });

  it('refuses what was changed in the middle, and drops what was written wrongly at the end', () => {
    const path = join(directoryWith({}), 'journal');
    const first = opened(path);
    takeRest(first);
    first.journal.close();
    const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
    const changed = (at: number) =>
      lines.map((line, nth) => (nth === at ? line.replace('log', 'lag') : line));
    writeFileSync(path, `${changed(3).join('\n')}\n`);
    expect(() => opened(path)).toThrow('line 4: expected a record as the monitor wrote it, received another');
    writeFileSync(path, `${changed(lines.length - 1).join('\n')}\n\0\0\0\n`);
    const again = opened(path);
    expect(again.core.positionOf('log')).toBe(lives.length - 1);
    again.journal.close();
  });

  it('refuses a journal of another version, one whose records are not known, and what is none', () => {
    const directory = directoryWith({ text: 'no journal\n', empty: '' });
    const path = join(directory, 'journal');
    opened(path).journal.close();
    const of = (record: object) => {
      const { journal, core } = opened(join(directory, 'other'));
      journal.renew([record as never, ...core.records()]);
      journal.close();
      return () => opened(join(directory, 'other'));
    };
    expect(of({ is: 'journal', version: 0 })).toThrow('line 1: expected a journal of version 1, received 0');
    const fresh = (record: object) => {
      const name = join(directory, `fresh-${String(Object.values(record)[0])}`);
      const one = opened(name);
      one.journal.add(record as never);
      one.journal.close();
      return () => opened(name);
    };
    expect(fresh({ is: 'future' })).toThrow('line 3: expected a record of folder,');
    expect(fresh({ is: 'looked', found: [{ finding: { code: 'NEW' } }] })).toThrow('codes of this version');
    for (const name of ['text', 'empty'])
      expect(() => opened(join(directory, name))).toThrow(
        'expected the rest of what the journal begins with',
      );
  });

  it('is whole after a disk that was full, at whatever byte', () => {
    const directory = directoryWith({});
    let room = Infinity;
    const full: Write = (file, bytes, position) => {
      if (room <= 0) throw Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' });
      const written = writeSync(file, bytes, 0, Math.min(bytes.length, room), position);
      room -= written;
      return written;
    };
    for (const left of [0, 1, 9, 100, 300]) {
      const path = join(directory, String(left));
      const one = opened(path, full);
      const record = one.core.take({ source: 'log', lines: linesOf(lives), position: 6 }, at);
      room = left;
      expect(() => one.journal.add(record)).toThrow('no space');
      expect(() => one.journal.renew(one.core.records())).toThrow('no space');
      expect(existsSync(`${path}.new`)).toBe(false);
      room = Infinity;
      one.journal.add(record);
      one.journal.close();
      const again = opened(path);
      expect(waiting(again.core)).toEqual(wholeIds());
      again.journal.close();
    }
  });
});

test('a journal is made anew when much has been added', () => {
  const { journal, core } = opened(join(directoryWith({}), 'journal'));
  const record = core.take(
    { source: 'log', lines: linesOf(lives), position: 6, posted: 'x'.repeat(1 << 20) },
    at,
  );
  for (let count = 0; !journal.isLong; count += 1) {
    expect(count).toBeLessThan(20);
    journal.add(record);
  }
  journal.renew(core.records());
  expect([journal.isLong, journal.bytes < 3 << 20]).toEqual([false, true]);
  journal.close();
});
