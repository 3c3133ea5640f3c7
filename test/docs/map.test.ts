import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../cli/built.ts';
import { pages } from './blocks.ts';

const map = 'docs/README.md';

/** The files and directories of the repository that a page links. */
function linksOf(page: string): readonly string[] {
  const text = readFileSync(join(repository, page), 'utf8');
  return [...text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^https?:/.test(target))
    .map((target) => normalize(join(dirname(page), target)));
}

/** Every page that links lead to from the map; a linked directory stands for all in it. */
function reachable(): ReadonlySet<string> {
  const seen = new Set<string>([map]);
  for (const page of seen) {
    for (const link of linksOf(page).filter((target) => existsSync(join(repository, target)))) {
      const isDirectory = statSync(join(repository, link)).isDirectory();
      const found = isDirectory ? pages.filter((one) => one.startsWith(`${link}/`)) : [link];
      for (const one of found) if (one.endsWith('.md')) seen.add(one);
    }
  }
  return seen;
}

test('the map leads to every page of the documentation', () => {
  const known = reachable();
  const lost = pages.filter((page) => page.startsWith('docs/') && !known.has(page));
  expect(lost, `link these from ${map} or from a page that it leads to`).toEqual([]);
  expect(known.size).toBeGreaterThan(15);
});

test('the page for readers of the repository leads to the map', () => {
  expect(linksOf('README.md')).toContain(map);
});
