import {
  appendFileSync,
  copyFileSync,
  existsSync,
  renameSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { FileFollower, type FileEvent, type FilePosition } from '../../../src/cli/monitor/follow.ts';
import { FollowedFile, type SourceContext } from '../../../src/cli/monitor/sources.ts';
import { directoryWith } from '../fake-terminal.ts';

/** A file that is followed by one process after the other. */
class Followed {
  readonly path = join(directoryWith({}), 'log');
  readonly events: FileEvent[] = [];
  position: FilePosition | null = null;
  #follower = this.#open();

  #open(): FileFollower {
    return new FileFollower(this.path, this.position, 100, (event) => this.events.push(event));
  }

  /** What there is to read now, each line with the number of the file, its own number and where it begins. */
  read(): readonly string[] {
    const lines: string[] = [];
    for (let next = this.#follower.next(); next; next = this.#follower.next()) {
      this.position = next.position;
      for (const { bytes, number, offset } of next.lines)
        lines.push(
          `${next.position.rotation}/${number}/${offset} ${bytes ? Buffer.from(bytes).toString() : 'long'}`,
        );
    }
    return lines;
  }

  restart(): void {
    this.#follower.close();
    this.#follower = this.#open();
  }
}

describe('a file that is followed', () => {
  it('is read line by line as it grows, a line when it is whole', () => {
    const file = new Followed();
    expect(file.read()).toEqual([]);
    writeFileSync(file.path, 'one\ntw');
    expect(file.read()).toEqual(['0/1/0 one']);
    appendFileSync(file.path, 'o\n\nthr');
    expect(file.read()).toEqual(['0/2/4 two', '0/3/8 ']);
    file.restart();
    expect(file.read()).toEqual([]);
    appendFileSync(file.path, `ee\n${'x'.repeat(101)}\nfive\n`);
    expect(file.read()).toEqual(['0/4/9 three', '0/5/15 long', '0/6/117 five']);
    expect(file.events).toEqual([]);
  });

  it.each([false, true])(
    'is read to its end when it was renamed, then the next of its name; anew: %s',
    (isAnew) => {
      const file = new Followed();
      writeFileSync(file.path, 'one\n');
      expect(file.read()).toEqual(['0/1/0 one']);
      appendFileSync(file.path, 'two\nlast');
      renameSync(file.path, `${file.path}.1`);
      if (isAnew) file.restart();
      writeFileSync(file.path, 'three\n');
      expect(file.read()).toEqual(['0/2/4 two', '0/3/8 last', '1/1/0 three']);
      expect(file.events.filter((event) => event !== 'rotated')).toEqual([]);
    },
  );

  it('is still read for a while after it was renamed, by who has it open', () => {
    const path = join(directoryWith({}), 'log');
    const events: FileEvent[] = [];
    const follower = new FileFollower(path, null, 100, (event) => events.push(event), 3);
    const texts = () => follower.next()?.lines.map(({ bytes }) => Buffer.from(bytes!).toString());
    writeFileSync(path, 'one\n');
    expect(texts()).toEqual(['one']);
    renameSync(path, `${path}.1`);
    writeFileSync(path, 'three\n');
    expect([texts(), texts()]).toEqual([undefined, undefined]);
    appendFileSync(`${path}.1`, 'two\n');
    expect(texts()).toEqual(['two']);
    expect([texts(), texts(), texts(), texts()]).toEqual([undefined, undefined, undefined, ['three']]);
    expect(events).toEqual(['rotated']);
    follower.close();
  });

  it('is read with all that were renamed since, also where another was renamed while it was still looked at', () => {
    const path = join(directoryWith({}), 'log');
    const follower = new FileFollower(path, null, 100, () => undefined, 3);
    const texts = () => follower.next()?.lines.map(({ bytes }) => Buffer.from(bytes!).toString());
    const rotate = () => {
      for (const number of [3, 2, 1])
        if (existsSync(`${path}.${number}`)) renameSync(`${path}.${number}`, `${path}.${number + 1}`);
      renameSync(path, `${path}.1`);
    };
    for (const [at, line] of ['one', 'two', 'three', 'four'].entries()) {
      if (at > 0) rotate();
      writeFileSync(path, `${line}\n`);
      const seconds = at + 1;
      utimesSync(path, seconds, seconds);
      if (at === 0) expect(texts()).toEqual(['one']);
    }
    expect([texts(), texts()]).toEqual([['two'], ['three']]);
    rotate();
    writeFileSync(path, 'five\n');
    expect([texts(), texts()]).toEqual([['four'], undefined]);
    expect([texts(), texts(), texts()]).toEqual([undefined, undefined, ['five']]);
    follower.close();
  });

  it('is read with those that were renamed after it where none has its name any more', () => {
    const file = new Followed();
    writeFileSync(file.path, 'one\n');
    file.read();
    renameSync(file.path, `${file.path}.2`);
    writeFileSync(`${file.path}.1`, 'two\n');
    expect(file.read()).toEqual(['1/1/0 two']);
  });

  it('is found again after several were renamed while nobody read', () => {
    const file = new Followed();
    writeFileSync(file.path, 'one\n');
    file.read();
    renameSync(file.path, `${file.path}.2`);
    writeFileSync(`${file.path}.1`, 'two\n');
    writeFileSync(`${file.path}.note`, 'no part of it\n');
    writeFileSync(file.path, 'three\n');
    file.restart();
    expect(file.read()).toEqual(['1/1/0 two', '2/1/0 three']);
    expect(file.events).toEqual(['rotated']);
  });

  it('is read from its beginning when it was cut off, also where it has grown longer than before', () => {
    const file = new Followed();
    writeFileSync(file.path, 'one\ntwo\n');
    file.read();
    truncateSync(file.path);
    expect(file.read()).toEqual([]);
    appendFileSync(file.path, 'three\n');
    expect(file.read()).toEqual(['1/1/0 three']);
    copyFileSync(file.path, `${file.path}.1`);
    writeFileSync(file.path, 'four, which is longer\n');
    expect(file.read()).toEqual(['2/1/0 four, which is longer']);
    writeFileSync(file.path, 'five, which is longer again\n');
    file.restart();
    expect(file.read()).toEqual(['3/1/0 five, which is longer again']);
    expect(file.events).toEqual(['truncated', 'truncated', 'truncated']);
  });

  it('says when what was read before is gone', () => {
    const file = new Followed();
    writeFileSync(file.path, 'one\n');
    file.read();
    rmSync(file.path);
    file.restart();
    expect(file.read()).toEqual([]);
    // Another file must not take its number.
    writeFileSync(`${file.path}.other`, '');
    writeFileSync(file.path, 'two\n');
    expect(file.read()).toEqual(['1/1/0 two']);
    expect(file.events.length).toBe(1);
  });
});

test('a signal ends a monitor however much there is to read', async () => {
  const directory = directoryWith({ log: `${'x'.repeat(99)}\n`.repeat(10_000) });
  const stop = new AbortController();
  let portions = 0;
  const context = {
    core: { positionOf: () => undefined },
    pipeline: { take: () => Promise.resolve(void (portions += 1)) },
    io: { cwd: directory },
    maxLineBytes: 100,
    pause: () => Promise.resolve(),
    isOnce: true,
    stop: stop.signal,
    tell: () => undefined,
  } as unknown as SourceContext;
  setImmediate(() => stop.abort());
  await new FollowedFile('log', context).follow();
  expect(portions).toBe(1);
});
