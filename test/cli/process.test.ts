import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { program, runNode } from './built.ts';
import { directoryWith } from './fake-terminal.ts';
import { bad, good, life, lines } from './sample-lines.ts';

/** Registers a hook that prints the address of every module that is loaded. */
const loadSpy = `data:text/javascript,${encodeURIComponent(`
  import { register } from 'node:module';
  register('data:text/javascript,' + encodeURIComponent(
    "export async function load(url, context, next) { process._rawDebug('loads ' + url); return next(url, context); }"
  ));
`)}`;

async function modulesOf(...args: readonly string[]): Promise<string[]> {
  const { stderr } = await runNode(['--import', loadSpy, ...args]);
  return stderr.split('\n').filter((line) => line.startsWith('loads '));
}

describe('the program as a process', () => {
  test('starts with the line that lets a shell run it', () => {
    expect(readFileSync(program(), 'utf8').startsWith('#!/usr/bin/env node\n')).toBe(true);
  });

  test('hands exit code and output through', async () => {
    const cwd = directoryWith({ 'bad.ndjson': bad });
    const { code, stdout, stderr } = await runNode([program(), 'check', 'bad.ndjson'], { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    expect(stdout).toContain('SETTLED_ANALYSIS_CHANGED');
  });

  test('reads standard input', async () => {
    const { code } = await runNode([program(), 'check', '-'], { input: good });
    expect(code).toBe(0);
  });

  test('never loads XState or anything of the diagrams for check', async () => {
    const cwd = directoryWith({ 'good.ndjson': good });
    const loaded = await modulesOf(program(), 'check', join(cwd, 'good.ndjson'));
    expect(loaded.filter((url) => url.includes('/dist/src/cli/check.js'))).toHaveLength(1);
    expect(loaded.filter((url) => /xstate|elkjs|resvg|arimo|\/diagrams\//.test(url))).toEqual([]);
    const drawing = await modulesOf(program(), 'diagram', '--format', 'mermaid');
    expect(drawing.filter((url) => url.includes('/diagrams/')).length).toBeGreaterThan(0);
    expect(drawing.filter((url) => /elkjs|resvg|arimo/.test(url))).toEqual([]);
    // The spy does see packages where they are loaded.
    const entry = join(program(), '../../../machines/index.js');
    const script = `data:text/javascript,import ${JSON.stringify(pathToFileURL(entry).href)}`;
    const all = await modulesOf('--input-type=module', '--eval', `await import(${JSON.stringify(script)})`);
    expect(all.filter((url) => url.includes('xstate')).length).toBeGreaterThan(0);
    const picture = await modulesOf(program(), 'diagram', 'group');
    expect(picture.filter((url) => url.includes('elkjs')).length).toBeGreaterThan(0);
  });

  test('loads no engine for --help', async () => {
    const loaded = await modulesOf(program(), '--help');
    // The table of the options names groupings and verdicts, which are data.
    const engine = loaded.filter((url) => /conformance|recordings|xstate/.test(url));
    expect(engine.filter((url) => !url.endsWith('/conformance/results.js'))).toEqual([]);
  });

  test('ends quietly when the reader of its output goes away', async () => {
    const polls = Array.from({ length: 2000 }, (_, at) => life(`folder-${at}`, 'SUCCESS'));
    const cwd = directoryWith({ 'many.ndjson': lines(...polls.flat()) });
    const child = spawn(process.execPath, [program(), 'check', '--all', 'many.ndjson'], { cwd });
    let complaints = '';
    child.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
    await once(child.stdout, 'data');
    child.stdout.destroy();
    const [code] = (await once(child, 'close')) as [number | null];
    expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
  });
});
