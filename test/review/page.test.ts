import * as fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { clauseIds, clauses, columnClause, fields } from '../../machines/index.ts';
import { blocksOf } from '../../src/review/page/blocks.ts';
import { compareCopy, type Comparison } from '../../src/review/page/compare.ts';
import { maxCopy, passagesOf } from '../../src/review/page/passages.ts';
import { drawnFrom, placeText, registeredPassages, standingOf } from '../../src/review/page/register.ts';
import { runs } from '../deep.ts';
import { inventPage, type InventedPage } from './invented-page.ts';
import { prop } from '../property.ts';

let page: InventedPage;
beforeAll(async () => {
  page = await inventPage();
});

async function compared(copy: string): Promise<Comparison> {
  const comparison = await compareCopy(copy, page.register);
  if ('problem' in comparison) throw new Error(comparison.problem);
  return comparison;
}

describe('the register of the page', () => {
  test('has a passage for every documented clause, and says of all others what they were drawn from', () => {
    const documented = clauseIds.filter((id) => clauses[id].evidence === 'documented');
    expect(documented.filter((id) => standingOf(id, registeredPassages).length === 0)).toEqual([]);
    const others = clauseIds.filter((id) => !documented.includes(id));
    expect(Object.keys(drawnFrom).toSorted()).toEqual([...others].toSorted());
  });

  test('puts each clause into the section that the clause names', () => {
    const astray = registeredPassages.flatMap((passage) =>
      passage.clauses
        .filter((id) => clauses[id].evidence === 'documented')
        .filter((id) => {
          const { where } = clauses[id];
          return passage.element === 'cell'
            ? !where.startsWith(`table, column ${passage.column}, row ${passage.row}`)
            : !where.startsWith(`section on ${passage.section}`);
        })
        .map((id) => `${id} at ${placeText(passage)}`),
    );
    expect(astray).toEqual([]);
  });

  test('says of every passage which clauses stand there or why none does', () => {
    const bare = registeredPassages.filter(
      ({ clauses: ids, without }) => (ids.length === 0) === (without === undefined),
    );
    expect(bare).toEqual([]);
  });

  test('holds no words of the page', () => {
    const hashes = registeredPassages.map(({ hash }) => hash);
    expect(hashes.filter((hash) => !/^[0-9a-f]{16}$/.test(hash))).toEqual([]);
  });
});

describe('a copy', () => {
  test.each(['markdown', 'html'] as const)('as %s is the page, passage by passage', async (form) => {
    const { isSame, lines, touched } = await compared(page[form]);
    expect([isSame, touched]).toEqual([true, []]);
    expect(lines.map(({ clauses: ids }) => ids)).toEqual(page.register.map(({ clauses: ids }) => ids));
    expect(lines.every(({ text }) => text !== null && !/[`<>\\]/.test(text))).toBe(true);
  });

  test.each([
    ['line ends of Windows', (text: string) => text.replaceAll('\n', '\r\n')],
    ['line ends of old systems', (text: string) => text.replaceAll('\n', '\r')],
    ['a byte order mark', (text: string) => `\uFEFF${text}`],
    ['more empty lines at its end', (text: string) => `${text}\n\n\n`],
    ['other blanks', (text: string) => text.replaceAll(' – ', '\u00A0 –  ')],
    [
      'hints of GitBook',
      (text: string) => text.replace('\n\n## ', '\n\n{% hint style="info" %}\n{% endhint %}\n\n## '),
    ],
    ['front matter', (text: string) => `---\ndescription: words\n---\n${text}`],
  ])('is the page whatever its %s', async (_what, change) => {
    const changed = change(page.markdown);
    expect(changed).not.toBe(page.markdown);
    expect((await compared(changed)).isSame).toBe(true);
  });

  test('of three edited sentences names these and exactly the clauses on them', async () => {
    const copy = page.markdown
      .replace('`INITIAL` – as said in', '`INITIAL` – as was said in')
      .replace(
        '`FAILED` – as said in (e.g., this) place 6 of folder',
        '`FAILED` – as told in (e.g., this) place 6 of folder',
      )
      .replace('Sentence number 8 of what is said of system', 'Number 8 of what is said of system');
    const { lines, touched, same } = await compared(copy);
    const changed = lines.filter(({ change }) => change !== 'same');
    expect(changed.map((line) => [placeText(line), line.change])).toEqual([
      ['section on folder.resolution_status, sentence 4', 'changed'],
      ['section on folder.resolution_status, sentence 6', 'changed'],
      ['section on system_resolution, sentence 8', 'changed'],
    ]);
    expect(same).toBe(page.register.length - 3);
    expect(touched).toEqual([
      'FOLDER-INITIAL-MEANS',
      'FOLDER-INITIAL-ONCE',
      'FOLDER-FAILED-MEANS',
      'GROUP-IS-ONE-POST',
      'GROUP-CONSTANT',
    ]);
  });

  test('in which a status enters a column touches its cell and the column', async () => {
    const row = '| DECLINED | - |';
    const { touched } = await compared(page.markdown.replace(row, '| DECLINED | possible |'));
    expect(touched).toEqual(['STATE-DECLINED', 'STATE-COLUMN']);
    const other = await compared(page.markdown.replace('cell of FAILED in analyse.state', 'else'));
    expect(other.touched).toEqual(['STATE-FAILED']);
  });

  test('with a new sentence says that no clause covers it, and touches none', async () => {
    const { lines, touched } = await compared(
      page.markdown.replace('\n\n## About (folder', '\n\nThis is new.\n\n## About (folder'),
    );
    const added = lines.filter(({ change }) => change === 'added');
    expect(added.map(({ text }) => text)).toEqual(['This is new.']);
    expect(touched).toEqual([]);
  });

  test('without a sentence touches what stood there', async () => {
    const sentence = /\n\n`DECLINED` – as said in \(e\.g\., this\) place \d of system\\_resolution;/;
    const { lines, touched } = await compared(page.markdown.replace(sentence, ''));
    expect(touched).toEqual(['SYSTEM-DECLINED-MEANS']);
    expect(lines.filter(({ change }) => change === 'removed')).toHaveLength(1);
  });

  test('that shares nothing with the page is refused', async () => {
    expect(await compareCopy('# Another page\n\nWith other words.', page.register)).toHaveProperty('problem');
    expect(await compareCopy('', page.register)).toHaveProperty('problem');
    expect(await compareCopy('x'.repeat(maxCopy + 1), page.register)).toHaveProperty('problem');
    expect(await compareCopy('A. '.repeat(6000), page.register)).toHaveProperty('problem');
  });

  test('whose table is made of other elements is read as one', () => {
    const html = `<html><div role="table"><div role="row"><div role="columnheader"><div>Name</div></div>
      <div role="columnheader"><b>analyse.state</b></div></div><div role="row"><div role="cell">FAILED</div>
      <div role="cell"><div><p>an</p> error</div></div></div></div></html>`;
    expect(blocksOf(html).map(({ text, row, column }) => [text, row, column])).toEqual([
      ['Name', 0, 0],
      ['analyse.state', 0, 1],
      ['FAILED', 1, 0],
      ['an error', 1, 1],
    ]);
  });

  prop(
    [
      fc.array(
        fc.constantFrom(
          '<',
          '>',
          '<!--',
          '-->',
          '<p>',
          '</td>',
          '&amp;',
          '|',
          '`',
          '# ',
          '\n',
          'x',
          '<script>',
          '[a](b)',
        ),
      ),
    ],
    runs(100, 5000),
  )('of any signs is read or refused', async (signs) => {
    const passages = await passagesOf(signs.join(''));
    if (!('problem' in passages)) expect(passages.length).toBeGreaterThan(0);
  });

  test.each(['<', '<!--', '<p ', '</', '[', '&', '<script>', '`', '<div>', '|'])(
    'of many %s takes no time',
    (sign) => {
      const start = process.cpuUsage().user;
      blocksOf(sign.repeat(maxCopy / 16 / sign.length));
      expect(process.cpuUsage().user - start).toBeLessThan(3_000_000);
    },
  );
});

test('columns stand on their cells', () => {
  for (const field of fields) {
    const cells = standingOf(columnClause(field), registeredPassages);
    expect(cells.map(({ column }) => column)).toEqual(Array.from({ length: 7 }, () => field));
  }
});
