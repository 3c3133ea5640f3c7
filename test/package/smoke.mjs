/**
 * Packs the package, installs it as a user would into a directory of its own, and uses it on every line of Node that
 * is supported: imports every entry, checks every bundled recording against its manifest, draws and
 * lists. The programs of Node come as packages, so that one machine can try them all. Needs the npm registry.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { interrupted, temporaryDirectory } from '../tidy/temporary.mjs';

/** The oldest Node that package.json allows, and the last of the newer lines with long-term support. */
const versions = ['20.19.0', '22.23.5', '24.22.3', '26.12.1'];

const run = promisify(execFile);
const repository = fileURLToPath(new URL('../../', import.meta.url));
const manifest = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
const limit = { maxBuffer: 64 * 1024 * 1024, timeout: 120_000, signal: interrupted };

/** What a command did; a command that fails is a result too. */
async function outcomeOf(program, args, cwd) {
  try {
    const { stdout, stderr } = await run(program, args, { cwd, ...limit });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const { code, stdout = '', stderr = error.message } = error;
    return { code, stdout, stderr };
  }
}

/** Runs npm in `cwd`; throws what it said where it fails. */
async function npm(args, cwd) {
  const { code, stdout, stderr } = await outcomeOf('npm', args, cwd);
  if (code !== 0) {
    throw new Error(
      `npm ${args.join(' ')}: expected to succeed (is the npm registry reachable?), received\n${stderr}`,
    );
  }
  return stdout;
}

/** The program of one version of Node, installed into a directory of its own. */
async function installNode(version, place) {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const options = [
    '--prefix',
    place,
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
  ];
  await npm(['install', ...options, `${name}@${version}`], place);
  return join(place, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** The package, packed and installed with what it depends on. */
async function installPackage(place) {
  await npm(['pack', '--pack-destination', place], repository);
  const tarball = readdirSync(place).find((name) => name.endsWith('.tgz'));
  writeFileSync(join(place, 'package.json'), '{ "private": true, "type": "module" }');
  await npm(['install', '--no-audit', '--no-fund', '--prefer-offline', join(place, tarball)], place);
  return join(place, 'node_modules', manifest.name);
}

const entries = Object.entries(manifest.exports)
  .filter(([entry, target]) => typeof target === 'object' && !entry.includes('*'))
  .map(([entry]) => manifest.name + entry.slice(1));

/** What is tried on one Node, by name; each answers with what is wrong, or nothing. */
function trials(node, place, installed) {
  const recordings = join(installed, 'docs/examples/recordings');
  const program = join(installed, manifest.bin['oz-status']);
  const status = (...args) => outcomeOf(node, [program, ...args], place);
  const says = async (args, expected) => {
    const { code, stdout, stderr } = await status(...args);
    return code === 0 && stderr === '' && expected.test(stdout)
      ? ''
      : `expected ${expected}, received ${code} ${stderr}${stdout.slice(0, 500)}`;
  };
  const imports = entries.map((entry) => [
    `import ${entry}`,
    async () => {
      const script = `const all = await import(${JSON.stringify(entry)}); console.log(Object.keys(all).length > 0);`;
      const { code, stdout, stderr } = await outcomeOf(
        node,
        ['--input-type=module', '--eval', script],
        place,
      );
      return code === 0 && stdout === 'true\n' ? '' : `expected exports, received ${code} ${stdout}${stderr}`;
    },
  ]);
  const checks = JSON.parse(readFileSync(join(recordings, 'index.json'), 'utf8')).map(
    ({ file, expected }) => [
      `check ${file}`,
      async () => {
        const { code, stdout, stderr } = await status(
          'check',
          '--all',
          '--format',
          'json',
          join(recordings, file),
        );
        if (stdout === '') return `expected a report, received ${code} ${stderr}`;
        const { folders, unreadable } = JSON.parse(stdout);
        const findings = [...folders.flatMap((one) => [...one.findings, ...one.hazards]), ...unreadable];
        const given = {
          exitCode: code,
          verdicts: Object.fromEntries(folders.map((one) => [one.folderId ?? '', one.verdict])),
          codes: [...new Set(findings.map((one) => one.code))],
        };
        const [wanted, received] = [sorted(expected), sorted(given)];
        return wanted === received ? '' : `expected ${wanted}, received ${received}`;
      },
    ],
  );
  return [
    ...imports,
    ...checks,
    ['diagram folder, as SVG', () => says(['diagram', 'folder', '--format', 'svg'], /^<svg[^]*<\/svg>\n?$/)],
    [
      'diagram folder, as Mermaid',
      () => says(['diagram', 'folder', '--format', 'mermaid'], /^stateDiagram-v2/m),
    ],
    ['readings', () => says(['readings'], /result-while-running/)],
    ['examples', () => says(['examples'], /each judged as/)],
  ];
}

/** What a check gave or has to give as text, in which the order of folders and codes means nothing. */
const sorted = ({ exitCode, verdicts, codes }) => {
  const folders = Object.entries(verdicts).map(([folder, verdict]) => `${folder} ${verdict}`);
  return [exitCode, ...folders.toSorted(), ...codes.toSorted()].join(', ');
};

/** Runs all trials on one Node, two at a time; what failed, each in words. */
async function tryOn(version, node, place, installed) {
  const { stdout } = await outcomeOf(node, ['--version'], place);
  if (stdout.trim() !== `v${version}`)
    return { count: 0, failures: [`expected Node ${version}, received ${stdout}`] };
  const all = trials(node, place, installed);
  const waiting = [...all];
  const failures = [];
  const work = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, trial] = next;
      const problem = await trial().catch((error) => error.message);
      if (problem !== '') failures.push(`${name}: ${problem}`);
    }
  };
  await Promise.all([work(), work()]);
  return { count: all.length, failures };
}

const place = temporaryDirectory('smoke-');
try {
  const homes = versions.map((version) => mkdtempSync(join(place, `node-${version}-`)));
  const [installed, ...nodes] = await Promise.all([
    installPackage(place),
    ...versions.map((version, at) => installNode(version, homes[at])),
  ]);
  for (const [at, version] of versions.entries()) {
    const { count, failures } = await tryOn(version, nodes[at], place, installed);
    console.log(
      `Node ${version}: ${count - failures.length} of ${count} trials of the packed package passed`,
    );
    for (const failure of failures) console.error(`  ${failure}`);
    if (failures.length > 0 || count === 0) process.exitCode = 1;
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
