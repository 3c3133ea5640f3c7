import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Finding } from '../../../src/conformance/index.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';
import { folderLine, life, lines } from '../sample-lines.ts';

describe('places of check', () => {
  test('are the same in a large file, packed or not, as in a small one, however far apart', async () => {
    const changing = (id: string) => [
      ...life(id, 'DECLINED'),
      folderLine(id, 'FINISHED', 'SUCCESS', [[`${id}-liveness`, 'QUALITY', 'SUCCESS']]),
    ];
    const filler = `{"folder_id":"good","system_resolution":"SUCCESS","note":"${'x'.repeat(5000)}"}`;
    const many = Array.from({ length: 1000 }, () => filler);
    const text = lines(...changing('first'), ...many, ...changing('second'), ...changing('third'), ...many);
    const cwd = directoryWith({ plain: text, packed: gzipSync(text) });
    const columns = [];
    for (const file of ['plain', 'packed']) {
      const { stdout } = await runHere(['check', '--format', 'json', file], { cwd });
      const { folders } = JSON.parse(stdout) as { folders: { findings: Finding[] }[] };
      columns.push(
        folders.flatMap(({ findings }) => findings).map(({ where }) => [where.line, where.column]),
      );
    }
    const written = text.split('\n');
    const expected = [4, 1008, 1012].map((line) => [line, written[line - 1]!.lastIndexOf('"SUCCESS"') + 1]);
    expect(columns).toEqual([expected, expected]);
  });

  test('are those of a value that is indented or follows a mark of byte order', async () => {
    const [created = '', running = ''] = life('x', 'SUCCESS');
    const cwd = directoryWith({
      flush: lines(created, running),
      marked: `\ufeff${lines(running)}`,
      indented: lines(created, `  ${running}`),
      document: `\n ${JSON.stringify(JSON.parse(running), null, 2)}`,
    });
    const ends = async (file: string) => {
      const { stdout } = await runHere(['check', '--format', 'json', file], { cwd });
      const { folders } = JSON.parse(stdout) as { folders: { hazards: Finding[] }[] };
      return folders.flatMap(({ hazards }) => hazards.map(({ where }) => [file, where.line, where.column]));
    };
    expect(await Promise.all(['flush', 'marked', 'indented', 'document'].map(ends))).toEqual([
      [['flush', 2, 1]],
      [['marked', 1, 1]],
      [['indented', 2, 3]],
      [['document', 2, 2]],
    ]);
  });
});
