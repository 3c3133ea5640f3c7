import * as fc from 'fast-check';
import { folderLine, life } from '../cli/sample-lines.ts';
import { anyLine, draws, type Draw } from './scan/scan-beside-parse.ts';

const escaped = (line: string): string => line.replaceAll('folder', String.raw`\u0066older`);

/** What a few lines of a recording can be. */
const material: readonly ((folder: string, draw: Draw) => readonly string[])[] = [
  (folder) => life(folder, 'SUCCESS'),
  (folder) => life(folder, 'FAILED'),
  (folder) => life(`ф ${folder} 😀`, 'DECLINED'),
  (folder) => life(folder, 'SUCCESS').slice(0, 2),
  // A settled analysis changes.
  (folder) => [
    ...life(folder, 'DECLINED'),
    folderLine(folder, 'FINISHED', 'SUCCESS', [[`${folder}-liveness`, 'QUALITY', 'SUCCESS']]),
  ],
  // It is seen in another folder.
  (folder) => [
    folderLine(`${folder} too`, 'FINISHED', 'SUCCESS', [[`${folder}-liveness`, 'QUALITY', 'SUCCESS']]),
  ],
  (folder) => life(folder, 'SUCCESS').map(escaped),
  (folder, draw) => [life(folder, 'SUCCESS').join('').slice(0, draw(300))],
  (_folder, draw) => [anyLine(draw)],
  (folder, draw) => [
    JSON.stringify({ folder_id: folder, system_resolution: 'INITIAL', note: 'x'.repeat(draw(3000)) }),
  ],
  () => ['', ' \t'],
];

/** A recording of lines of all kinds, the first of them clean, as bytes. */
export const largeRecording: fc.Arbitrary<Uint8Array> = fc
  .tuple(fc.integer({ min: 1, max: 12 }), draws)
  .map(([pieces, draw]) => {
    const lines = Array.from({ length: pieces }, (_, at) => {
      const kind = at === 0 ? material[0]! : material[draw(material.length)]!;
      return kind(`folder-${draw(6)}`, draw);
    });
    const end = draw(3) === 0 ? '\r\n' : '\n';
    const text = `${draw(4) === 0 ? '\ufeff' : ''}${lines.flat().join(end)}${draw(2) === 0 ? end : ''}`;
    return new TextEncoder().encode(text);
  });
