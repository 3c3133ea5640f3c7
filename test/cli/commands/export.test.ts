import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  answersTo,
  defaultReading,
  askedUnder,
  questionNames,
  type Settings,
} from '../../../machines/index.ts';
import { exportFormats } from '../../../src/cli/commands/export-formats.ts';
import {
  blueprintOf,
  chartOf,
  murphiModel,
  promelaModel,
  scxmlDocument,
} from '../../../src/assurance/export/index.ts';
import { smtlibText } from '../../../src/assurance/prove/index.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';

const exported = (...args: readonly string[]) => runHere(['export', ...args]);
const plain: Settings = { reading: defaultReading, operatorRequired: 'allowed' };

describe('export', () => {
  test.each([
    [['promela'], promelaModel(blueprintOf(plain), { groups: 2, analyses: 2 })],
    [
      ['promela', '--groups', '3', '--analyses', '1'],
      promelaModel(blueprintOf(plain), { groups: 3, analyses: 1 }),
    ],
    [
      ['murphi', '--operator-required', 'never'],
      murphiModel(blueprintOf({ ...plain, operatorRequired: 'never' }), { groups: 2, analyses: 2 }),
    ],
    [['scxml'], scxmlDocument(chartOf('folder', plain), blueprintOf(plain))],
    [['scxml', '--machine', 'group'], scxmlDocument(chartOf('group', plain), blueprintOf(plain))],
    [['smtlib'], smtlibText()],
  ])('%j prints the model of that format, machine and size', async (args, expected) => {
    expect(await exported(...args)).toEqual({ code: 0, stdout: expected, stderr: '' });
  });

  const ofReadings = Object.keys(exportFormats).filter((name) =>
    exportFormats[name]!.takes.includes('reading'),
  );

  test.each(ofReadings)('%s says under which reading it holds', async (format) => {
    for (const question of questionNames) {
      const answer = answersTo(question).at(-1)!;
      const given = Object.entries({ ...askedUnder[question], [question]: answer });
      const options = given.flatMap(([name, one]) => ['--reading', `${name}=${one}`]);
      const { code, stdout } = await exported(format, ...options);
      expect(code).toBe(0);
      expect(stdout).toContain(`${question}: ${answer}`);
    }
  });

  test('writes to a file instead of standard output', async () => {
    const cwd = directoryWith({});
    const { code, stdout } = await runHere(['export', 'murphi', '--output', 'folder.m'], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(join(cwd, 'folder.m'), 'utf8')).toBe((await exported('murphi')).stdout);
  });

  test('says where a file cannot be written', async () => {
    const cwd = directoryWith({});
    mkdirSync(join(cwd, 'taken'));
    const { code, stderr } = await runHere(['export', 'scxml', '--output', 'taken/none/folder.scxml'], {
      cwd,
    });
    expect(code).toBe(2);
    expect(stderr).toContain(
      'taken/none/folder.scxml: the model cannot be written: there is no such file or directory',
    );
  });

  test('says which answers change nothing', async () => {
    const { stderr } = await exported(
      'scxml',
      '--reading=result-scope=all-analyses',
      '--reading=result-while-running=hold',
    );
    expect(stderr).toContain('nobody asks result-while-running');
  });

  test.each([
    [['scmxl'], 'received "scmxl"; did you mean scxml?'],
    [['constructor'], 'received "constructor"'],
    [['scxml', '--groups', '2'], '--groups: expected with promela and murphi, received with scxml'],
    [['murphi', '--machine', 'group'], '--machine: expected with scxml, received with murphi'],
    [
      ['smtlib', '--reading', 'result-while-running=hold'],
      '--reading: expected with scxml, promela, murphi and sql, received with smtlib',
    ],
    [['smtlib', '--operator-required', 'never'], '--operator-required: expected with'],
    [['promela', '--groups', '0'], '--groups: expected a number from 1 to 64, received "0"'],
    [['promela', '--groups', '-1'], '--groups'],
    [['promela', '--analyses', '1e1'], '--analyses: expected a number from 1 to 64, received "1e1"'],
    [['promela', '--analyses', ''], '--analyses: expected a number from 1 to 64, received ""'],
    [['promela', '--groups', '9', '--analyses', '8'], 'expected at most 64 analyses in all, received 72'],
    [['murphi', '--reading', 'result-scope=last'], 'result-scope'],
    [['murphi', '--output', ''], '--output: expected a value, received nothing'],
    [[], 'expected'],
    [['murphi', 'scxml'], 'expected'],
  ])('%j is refused with what was expected', async (args, message) => {
    const { code, stdout, stderr } = await exported(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});
