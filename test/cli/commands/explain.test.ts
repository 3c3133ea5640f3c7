import { describe, expect, test } from 'vitest';
import { clauseIds, clauses } from '../../../machines/clauses.ts';
import { findingCodes } from '../../../src/observations/findings.ts';
import { directoryWith, runHere } from '../fake-terminal.ts';

const joined = (text: string) => text.replaceAll(/\s+/g, ' ');

describe('explain', () => {
  test('prints what the registry says of every finding code', async () => {
    for (const [code, { means, severity }] of Object.entries(findingCodes)) {
      const { code: exit, stdout } = await runHere(['explain', code.toLowerCase()]);
      expect(exit).toBe(0);
      expect(joined(stdout)).toContain(`${code} severity ${severity} means ${means}`);
    }
  });

  test('prints what the registry says of every clause', async () => {
    for (const id of clauseIds) {
      const { code, stdout } = await runHere(['explain', id]);
      const { text, where, evidence } = clauses[id];
      expect(code).toBe(0);
      expect(joined(stdout)).toContain(`${id} says ${text} page ${where} evidence ${evidence}: `);
    }
  });
});

describe('source', () => {
  test('ends with 3 for a file that is not there', async () => {
    const { code, stdout, stderr } = await runHere(['source', 'page.md'], { cwd: directoryWith({}) });
    expect({ code, stdout }).toEqual({ code: 3, stdout: '' });
    expect(stderr).toContain('page.md: expected a readable file, but there is no such file or directory.');
  });

  test('ends with 3 for a directory', async () => {
    const { code, stderr } = await runHere(['source', '.'], { cwd: directoryWith({}) });
    expect(code).toBe(3);
    expect(stderr).toContain('it is a directory');
  });
});
