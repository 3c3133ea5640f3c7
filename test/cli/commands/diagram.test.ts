import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { diagramNames } from '../../../src/cli/commands/diagram-options.ts';
import { diagramFormats, machineNames } from '../../../src/diagrams/index.ts';
import { scenarios } from '../../../src/explore/index.ts';
import { builtPackage, repository, runNode } from '../built.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';
import { some } from '../../deep.ts';

const committed = (name: string) => readFileSync(join(repository, 'docs', name), 'utf8');
const diagram = (...args: readonly string[]) => runHere(['diagram', ...args]);

describe('diagram', () => {
  test.each(
    some(4, [
      [['analysis', '--format', 'json'], 'machines/analysis.json'],
      [[], 'machines/folder.svg'],
      [['severity'], 'diagrams/severity.svg'],
      [['group', '--format', 'mermaid'], 'machines/group.mmd'],
      [['sequence', 'two-steps', '--format', 'mermaid'], 'diagrams/scenarios/two-steps.mmd'],
      [['pairs', '--format', 'json'], 'diagrams/pairs-default.json'],
      [
        ['--diff', 'result-while-running=hold', '--format', 'mermaid'],
        'diagrams/folder-difference-result-while-running--hold.mmd',
      ],
      [
        ['pairs', '--diff', 'result-scope=all-analyses', '--format', 'mermaid'],
        'diagrams/pairs-difference-result-scope--all-analyses.mmd',
      ],
    ] as const),
  )('%j prints what the documentation shows', async (args, file) => {
    expect(await diagram(...args)).toEqual({ code: 0, stdout: committed(file), stderr: '' });
  });

  test('knows every machine and every format', () => {
    expect(diagramNames.filter((name) => (machineNames as readonly string[]).includes(name)).length).toBe(
      machineNames.length,
    );
    for (const format of diagramFormats) expect(committed('guide/commands.md')).toContain(format);
  });

  test('draws under the answers that are given', async () => {
    const { code, stdout } = await diagram('--reading', 'result-while-running=hold', '--format', 'mermaid');
    expect(code).toBe(0);
    expect(stdout).toContain('result-while-running = hold');
  });

  test('compares with the reading that is given and not with the default one', async () => {
    const hold = ['--reading', 'result-while-running=hold'];
    const { stdout } = await diagram(...hold, '--diff', 'operator-decision=allowed', '--format', 'json');
    const { first, second } = JSON.parse(stdout) as Record<string, { reading: Record<string, string> }>;
    expect(first?.reading).toMatchObject({
      'result-while-running': 'hold',
      'operator-decision': 'unspecified',
    });
    expect(second?.reading).toMatchObject({ 'result-while-running': 'hold', 'operator-decision': 'allowed' });
  });

  test('takes the biometry setting', async () => {
    const { stdout } = await diagram('analysis', '--operator-required', 'never', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ settings: { operatorRequired: 'never' } });
  });

  test('links the clauses where they are said to be', async () => {
    const { stdout } = await diagram('group', '--clause-page', 'https://example.org/clauses');
    expect(stdout).toContain('href="https://example.org/clauses#group-result-worst"');
    expect(stdout).not.toContain('../clauses.md');
  });

  test('shows a step of a scenario as refused where the reading given refuses it', async () => {
    const forbidden = ['--reading', 'operator-decision=forbidden', '--format', 'mermaid'];
    expect((await diagram('sequence', 'operator-decides', '--format', 'mermaid')).stdout).not.toContain(
      'refused',
    );
    expect((await diagram('sequence', 'operator-decides', ...forbidden)).stdout).toContain('refused');
  });

  test('says which answer changes nothing', async () => {
    const idle = [
      '--reading',
      'result-while-earlier-runs=processing',
      '--diff',
      'result-precedence=failed-first',
    ];
    const { code, stderr } = await diagram('group', ...idle, '--format', 'mermaid');
    expect(code).toBe(0);
    const note = (question: string, others: string): string =>
      `oz-status: under this reading nobody asks ${question}, and the answer changes nothing: it is asked under ${others} only\n`;
    expect(stderr).toBe(
      note('result-while-earlier-runs', 'result-scope=last-applied-group') +
        note('result-precedence', 'status-precedence=failed-first and failed-beside-declined=failed'),
    );
    const asked = ['--reading', 'status-precedence=failed-first', '--diff', 'result-precedence=failed-first'];
    expect((await diagram('group', ...asked, '--format', 'mermaid')).stderr).toBe('');
  });

  test('writes to a file, whole', async () => {
    const cwd = directoryWith({});
    const { code, stdout } = await runHere(['diagram', 'severity', '--output', 'a.svg'], { cwd });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(readFileSync(join(cwd, 'a.svg'), 'utf8')).toBe(committed('diagrams/severity.svg'));
  });

  test('is of the format that the ending of its file names, unless another is asked for', async () => {
    const cwd = directoryWith({});
    const begins = async (...args: readonly string[]): Promise<string> => {
      const { code } = await runHere(['diagram', 'severity', '--output', ...args], { cwd });
      expect(code).toBe(0);
      return readFileSync(join(cwd, args[0]!), 'latin1').slice(0, 4);
    };
    expect(await begins('a.PNG')).toBe('\u0089PNG');
    expect(await begins('a.mmd')).toBe(committed('diagrams/severity.mmd').slice(0, 4));
    expect(await begins('a.json')).toBe(committed('diagrams/severity.json').slice(0, 4));
    expect(await begins('a')).toBe('<svg');
    const other = await runHere(['diagram', 'severity', '--output', 'a.jpg'], { cwd });
    expect([other.code, readdirSync(cwd)]).toEqual([2, ['a', 'a.PNG', 'a.json', 'a.mmd']]);
    expect(other.stderr).toContain(
      '--output: expected an ending of .svg or .mmd or .json or .png, or --format, received .jpg',
    );
    expect(await begins('a.jpg', '--format', 'svg')).toBe('<svg');
    expect(await begins('b.png', '--format', 'svg')).toBe('<svg');
  });
});

describe('diagram --format png', () => {
  const signature = '\u0089PNG\r\n\u001a\n';

  test('goes through a pipe as bytes', async () => {
    const { code, stdout } = await diagram('severity', '--format', 'png');
    expect(code).toBe(0);
    expect(stdout.startsWith(signature)).toBe(true);
  });

  test('is refused on a terminal, but for a file', async () => {
    const cwd = directoryWith({});
    const png = ['diagram', 'severity', '--format', 'png'];
    const refused = await runHere(png, { cwd, isTerminal: true });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('--format png: expected --output or a pipe, received a terminal');
    const { code } = await runHere([...png, '--output', 'a.png'], { cwd, isTerminal: true });
    expect(code).toBe(0);
    expect(readFileSync(join(cwd, 'a.png'), 'latin1').startsWith(signature)).toBe(true);
  });
});

describe('diagram refuses', () => {
  test.each([
    [['foldr'], 'received foldr; did you mean folder?'],
    [['folder', 'two-steps'], 'folder: expected nothing more, received two-steps'],
    [['sequence', 'two-steps', 'more'], 'received also more'],
    [['sequence'], `expected a scenario (${scenarios.map(({ id }) => id).join(', ')}), received nothing`],
    [['sequence', 'two-step'], 'received two-step; did you mean two-steps?'],
    [['sequence', 'two-steps', '--diff', 'result-scope=all-analyses'], 'sequence: --diff has no meaning'],
    [['severity', '--diff', 'result-scope=all-analyses'], 'severity: --diff has no meaning'],
    [['severity', '--reading', 'result-scope=all-analyses'], 'severity: --reading has no meaning'],
    [['--reading', 'result-scope=none'], '--reading result-scope=none: expected last-finished-group or'],
    [['--diff', 'result-scop=all-analyses'], '--diff result-scop=all-analyses: expected a question'],
    [['--format', 'pdf'], '--format: expected svg or mermaid or json or png, received "pdf"'],
    [['--output', ''], '--output: expected a value, received nothing'],
    [['--diff', ''], '--diff: expected a value, received nothing'],
    [['--clause-page', ''], '--clause-page: expected a value, received nothing'],
    [
      ['severity', '--output', 'no/such/place'],
      'no/such/place: the diagram cannot be written: there is no such file or directory',
    ],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await runHere(['diagram', ...args], { cwd: directoryWith({}) });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });
});

describe('without the optional packages', () => {
  /** The program where only the packages that always come with it are installed. */
  function bareProgram(): string {
    const directory = directoryWith({});
    for (const name of ['dist', 'package.json'])
      cpSync(join(builtPackage(), name), join(directory, name), { recursive: true });
    const { dependencies } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as {
      readonly dependencies: Readonly<Record<string, string>>;
    };
    for (const name of Object.keys(dependencies)) {
      const link = join(directory, 'node_modules', name);
      mkdirSync(dirname(link), { recursive: true });
      symlinkSync(join(repository, 'node_modules', name), link);
    }
    return join(directory, 'dist/cli/main.cjs');
  }

  test('diagrams as text are made, and pictures name the package that they miss', async () => {
    const program = bareProgram();
    const text = await runNode([program, 'diagram', '--format', 'mermaid']);
    expect(text).toMatchObject({ code: 0, stdout: committed('machines/folder.mmd') });
    for (const [args, name] of [
      [['folder'], 'elkjs'],
      [['severity', '--format', 'png'], '@resvg/resvg-js'],
    ] as const) {
      const { code, stdout, stderr } = await runNode([program, 'diagram', ...args]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(/^oz-status: PACKAGE_MISSING: .*\n$/);
      expect(stderr).toContain(`npm install ${name}`);
    }
  });
});
