/** The rooms of src/, from the ground up: each may import what stands before it, never what stands after. */
const rooms = [
  'text',
  'observations',
  'explore',
  'recordings',
  'conformance',
  'reports',
  'diagrams',
  'assurance',
  'inspection',
  'recorder',
  'matchers',
  'verdict',
  'simulator',
  'engines',
  'monitor',
  'review',
  'reviewer',
  'cli',
  'build',
];

/** The same inside of a room. */
const parts = {
  conformance: ['belief', 'blame', 'folder', 'check', 'shards', 'inference', 'minimize'],
  recordings: ['json', 'lines', 'io', 'values', 'text', 'scan', 'reader', 'positions'],
};

const upward = (within, names) =>
  names.slice(0, -1).map((name, at) => ({
    name: `${within}${name}-imports-upward`.replaceAll('/', '-'),
    severity: 'error',
    comment: `src/${within}${name} has to be usable, and understood, without ${names.slice(at + 1).join(', ')}.`,
    from: { path: `^src/${within}${name}/` },
    to: { path: `^src/${within}(${names.slice(at + 1).join('|')})/` },
  }));

export default {
  forbidden: [
    {
      name: 'specification-stands-alone',
      severity: 'error',
      comment:
        'machines/ is the specification: a reviewer reads it without the tools, so it imports XState only.',
      from: { path: '^machines/' },
      to: { pathNot: '^machines/|^node_modules/xstate/' },
    },
    {
      name: 'rooms-are-known',
      severity: 'error',
      comment:
        'A folder of src/ that is not in the list above would escape the directions: give it its place there.',
      from: { path: '^src/[^/]+/', pathNot: `^src/(${rooms.join('|')})/` },
      to: {},
    },
    ...Object.entries(parts).map(([room, names]) => ({
      name: `parts-of-${room}-are-known`,
      severity: 'error',
      comment: `A folder of src/${room}/ that is not in the list above would escape the directions: give it its place there.`,
      from: { path: `^src/${room}/[^/]+/`, pathNot: `^src/${room}/(${names.join('|')})/` },
      to: {},
    })),
    ...upward('', rooms),
    ...Object.entries(parts).flatMap(([room, names]) => upward(`${room}/`, names)),
    {
      name: 'verdict-carries-no-dependency',
      severity: 'error',
      comment: 'Integrators bundle src/verdict with their product: it needs machines/ and nothing else.',
      from: { path: '^src/verdict/' },
      to: { pathNot: '^machines/|^src/verdict/' },
    },
    {
      name: 'rooms-do-not-import-the-public-api',
      severity: 'error',
      comment:
        'src/index.ts gathers the rooms for users of the package; a room that imports it imports everything.',
      from: { path: '^src/[^/]+/', pathNot: '^src/(cli|build)/' },
      to: { path: '^src/index[.]ts$' },
    },
    {
      name: 'files-and-processes-only-at-the-edge',
      severity: 'error',
      comment:
        'Only cli/, build/ and reviewer/ touch the outside world, so that all else is pure and runs in a browser.',
      from: { path: '^(machines|src)/', pathNot: '^src/(cli|build|reviewer)/' },
      to: {
        path: '^(node:)?(fs|fs/promises|process|child_process|http|https|net|os|path|readline|tty|worker_threads)$',
      },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'In a cycle no part can be read or tested without all the others.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A file that nothing imports and that imports nothing is dead or forgotten.',
      from: { orphan: true, path: '^(machines|src)/' },
      to: {},
    },
    {
      name: 'product-needs-no-development-package',
      severity: 'error',
      comment:
        'What ships may only import what is installed with it. The types for test runners name theirs, which whoever uses them has; the page and the bundle are made before anything ships.',
      from: {
        path: '^(machines|src)/',
        pathNot: '^src/(reviewer/|build/|matchers/(vitest|jest)[.]ts$)',
      },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'product-does-not-import-tests',
      severity: 'error',
      comment: 'Tests are not in the package.',
      from: { path: '^(machines|src)/' },
      to: { path: '^test/' },
    },
    {
      name: 'everything-resolves',
      severity: 'error',
      comment: 'An import that cannot be found escapes every other rule.',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
    },
  },
};
