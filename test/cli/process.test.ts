import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { program, runNode } from './built.ts';
import { directoryWith } from './fake-terminal.ts';
import { bad, good, life, lines } from './sample-lines.ts';

/** Prints at the end what was loaded: files, for those of the program the modules they were made of, parts of Node. */
const loadSpy = `data:text/javascript,${encodeURIComponent(`
  import { readFileSync } from 'node:fs';
  import { Module } from 'node:module';
  const madeOf = (file) => readFileSync(file, 'utf8').match(/(?<=^[/][/] )dist[/]\\S+[.]js$/gm) ?? [];
  process.on('exit', () => {
    const files = Object.keys(Module._cache);
    const modules = files.filter((file) => /[/]dist[/]cli[/]/.test(file)).flatMap(madeOf);
    const all = [...files, ...modules, ...process.moduleLoadList];
    // In one piece: a reader that is slow would miss some of many.
    process._rawDebug(all.map((name) => 'loads ' + name).join('\\n'));
  });
`)}`;

async function modulesOf(...args: readonly string[]): Promise<string[]> {
  const { stderr } = await runNode(['--import', loadSpy, ...args]);
  expect(stderr).toContain(`loads ${program()}\n`);
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

  test('never ends with 0 where what it waits for does not come', async () => {
    const cwd = directoryWith({ 'good.ndjson': good });
    const silent = `data:text/javascript,import fs from 'node:fs'; fs.read = () => {};`;
    const args = ['--import', silent, program(), 'check', 'good.ndjson'];
    const { code, stdout, stderr } = await runNode(args, { cwd });
    expect({ code, stdout }).toEqual({ code: 70, stdout: '' });
    expect(stderr).toContain('it came to no end');
  });

  test('reads standard input', async () => {
    const { code } = await runNode([program(), 'check', '-'], { input: good });
    expect(code).toBe(0);
  });

  test('never loads XState or anything of the diagrams for check', async () => {
    const cwd = directoryWith({ 'good.ndjson': good });
    const loaded = await modulesOf(program(), 'check', join(cwd, 'good.ndjson'));
    expect(loaded.filter((name) => name.includes('dist/src/cli/check/check.js'))).toHaveLength(1);
    expect(loaded.filter((name) => /xstate|elkjs|resvg|arimo|\/diagrams\//.test(name))).toEqual([]);
    const drawing = await modulesOf(program(), 'diagram', '--format', 'mermaid');
    for (const loadedHere of ['node_modules/xstate/', 'dist/src/diagrams/']) {
      expect(drawing.filter((name) => name.includes(loadedHere)).length).toBeGreaterThan(0);
    }
    expect(drawing.filter((name) => /elkjs|resvg|arimo/.test(name))).toEqual([]);
    const picture = await modulesOf(program(), 'diagram', 'group');
    expect(picture.filter((name) => name.includes('elkjs')).length).toBeGreaterThan(0);
  });

  test('loads parts of Node that take long only where they are used', async () => {
    const cwd = directoryWith({ 'good.ndjson': good });
    const parts = async (...args: readonly string[]) => {
      const loaded = await modulesOf(program(), 'check', ...args, join(cwd, 'good.ndjson'));
      return loaded.filter((name) => /^loads NativeModule (crypto|zlib)$/.test(name));
    };
    expect(await parts()).toEqual([]);
    expect(await parts('--redact')).toEqual(['loads NativeModule crypto']);
  });

  test('loads no engine for --help', async () => {
    const loaded = await modulesOf(program(), '--help');
    // The table of the options names groupings and verdicts, which are data.
    const engine = loaded.filter((name) => /conformance|recordings|xstate/.test(name));
    const data = /\/(?:conformance\/(?:results|spelling)|recordings\/options)\.js$/;
    expect(engine.filter((name) => !data.test(name))).toEqual([]);
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
