/**
 * The tests of which `npm test` does a share and `npm run test:deep` all, each with what the rest of it adds to what
 * the share and other tests show.
 */
export const sharedFiles = {
  'test/conformance/stale-fields.test.ts': 'more random recordings',
  'test/cli/check/parts.test.ts': 'other numbers of shards',
  'test/cli/check/check.test.ts': 'the schema of the report for every bundled recording',
  'test/cli/check/config.test.ts': 'more random configurations beside their schema',
  'test/cli/check/minimize.test.ts': 'every recording with secrets; the share has some',
  'test/cli/check/redact.test.ts': 'every bundled recording; the share has some',
  'test/cli/commands/diagram.test.ts': 'every kind of diagram beside the documentation',
  'test/cli/engine/engine.test.ts': 'blocks of other sizes',
  'test/cli/io/interrupts.test.ts': 'the other signal',
  'test/cli/io/pipes.test.ts': 'the other signal',
  'test/cli/monitor/journal.test.ts': 'cuts the journal off at every byte',
  'test/cli/monitor/monitor.test.ts': 'kills the monitor at more moments',
  'test/cli/simulate/over-http.test.ts': 'every path, also the generated ones, and more random clients',
  'test/cli/simulate/simulate.test.ts': 'kills the server at more moments',
  'test/cli/try-client/clients.test.ts':
    'right clients in all languages, and mistakes in one, in all traps; the share has one language and one mistake',
  'test/conformance/belief/decided-group.test.ts':
    'every answer to a question, all that is known of groups, and more random recordings',
  'test/conformance/brute-force.test.ts':
    'more random recordings, and one more set of analyses, beside a search of all executions',
  'test/conformance/budget.test.ts': 'more folders that are hard to search',
  'test/conformance/claims.test.ts': 'more random recordings with wrong and partial groups',
  'test/conformance/complete-lists.test.ts':
    'every answer to a question, and every list; the share has the default, and some lists',
  'test/conformance/shared-histories.test.ts': 'more folders at once, as values and as numbers',
  'test/conformance/effort.test.ts': 'the same with a larger budget',
  'test/conformance/joining.test.ts': 'more random recordings to which something is added',
  'test/conformance/late.test.ts': 'more and longer recordings whose groups are shown late',
  'test/conformance/laws.test.ts': 'more random folders beside the laws',
  'test/conformance/limits.test.ts': 'more random limits of the search',
  'test/conformance/minimize/minimize.test.ts': 'more random recordings that are made small',
  'test/conformance/nearest.test.ts': 'more violations beside a search for what is nearest',
  'test/conformance/overlaps.test.ts': 'more recordings with answers that overlap, in every order',
  'test/diagrams/mermaid.test.ts': 'the charts and pairs under every answer to a question',
  'test/diagrams/overlaps.test.ts': 'the pictures under every answer to a question',
  'test/diagrams/pairs.test.ts': 'the pairs under every answer to a question; the share has the default',
  'test/docs/generated.test.ts': 'the vectors, the table of verdicts and the pictures of readings',
  'test/engines/analysis-steps.test.ts': 'more sightings of an analysis that are cut into steps',
  'test/engines/shards.test.ts': 'more recordings that are checked in shards',
  'test/engines/steps.test.ts': 'more recordings that are cut into steps',
  'test/explore/closed-form.test.ts': 'more bounds that are explored',
  'test/explore/folder-system.test.ts': 'larger folders, every path, and every reading',
  'test/explore/readings.test.ts': 'the classes of readings within larger bounds',
  'test/explore/readings-plan.test.ts':
    'every class of readings; the share has some, and makes smaller plans again',
  'test/explore/paths.test.ts': 'the paths under every answer to a question',
  'test/export/blueprint.test.ts': 'the tables under every reading; the share has every sixth',
  'test/fuzz/fuzz.test.ts': 'more hostile inputs of every kind',
  'test/machines/unit/machines.test.ts': 'every setting; the share has some',
  'test/machines/paths/coverage.test.ts':
    'every reading, and every sequence of three events; the share has some',
  'test/machines/paths/oracle.test.ts': 'every reading; the share has some',
  'test/machines/paths/folder-paths.test.ts': 'every answer to a question; the share has the default',
  'test/machines/paths/group-paths.test.ts':
    'every answer to a question; the share has the default and one other',
  'test/machines/paths/legal-moves.test.ts': 'every reading; the share has some',
  'test/monitor/core.test.ts': 'more recordings that are cut and started anew at random',
  'test/prove/abstraction.test.ts': 'further settings, and the two fields under every reading',
  'test/readings/infer.test.ts': 'more recordings of installations with hidden readings',
  'test/readings/command.test.ts':
    'the plan where OPERATOR_REQUIRED is not enabled; the share has a smaller one',
  'test/readings/plan.test.ts': 'every class of readings; the share has some',
  'test/readings/schema.test.ts':
    'every bundled recording, and the plans that the program prints, also without operators',
  'test/recorder/reading-back.property.test.ts': 'more random exchanges',
  'test/recordings/examples.test.ts': 'every cut in two; the share has every third',
  'test/recordings/har-stream.test.ts': 'more random HARs read in a stream and as a whole',
  'test/recordings/hostile.test.ts': 'more hostile recordings',
  'test/recordings/json-scanner.test.ts': 'more random JSON beside JSON.parse',
  'test/recordings/scan/har-numbers.test.ts': 'more random documents read as numbers and as values',
  'test/recordings/scan/line-scanner.test.ts': 'more random lines beside JSON.parse',
  'test/recordings/scan/lines-in-portions.test.ts': 'more random lines of all shapes in more portions',
  'test/reports/formats.test.ts': 'as many results as SARIF takes; the share has a smaller limit',
  'test/reports/hostile.test.ts': 'more random outcomes with hostile text',
  'test/reports/junit-schema.test.ts': 'every bundled recording, and more random outcomes',
  'test/reports/secrets.test.ts': 'every report and format on recordings with secrets',
  'test/review/page.test.ts': 'more random signs in place of a page',
  'test/reviewer/replay.test.ts': 'the pictures of every reading; the share has some',
  'test/second-oracle/compare.test.ts': 'more random recordings, and a harder one, beside the second oracle',
  'test/second-oracle/oracle.test.ts': 'more tiny recordings beside every execution',
  'test/simulator/loop.test.ts': 'all scenarios under all readings and with all faults',
  'test/simulator/model-tests.test.ts': 'all paths, and more random clients',
  'test/simulator/openapi.test.ts': 'more random requests beside the contract',
  'test/simulator/product.test.ts':
    'every scenario under every reading with every fault of the way; the share has one scenario and two faults',
  'test/simulator/run-plan.test.ts': 'every class of readings; the share has some',
  'test/vector-runs/decisions.test.ts': 'the runner in the other language',
  'test/vector-runs/oracle.test.ts': 'every observed vector; the share has half of them',
  'test/vector-runs/files.test.ts': 'the runner in the other language',
  'test/verdict/model.test.ts':
    'every reading; the share has every sixth, of the larger folders every forty-eighth',
} as const;

/** The tests that only `npm run test:deep` does, each with the reason. */
export const deepFiles = {
  'test/browser/accessible.test.ts': 'looks at every view of the page; what the views do is tested without',
  'test/browser/check.test.ts':
    'drops recordings on the page in a browser; what it makes of them is tested without',
  'test/browser/fonts.test.ts': 'looks at the fonts of the browser that these tests start',
  'test/browser/pictures.test.ts':
    'compares the pictures of the documentation with the page; that it is up to date is tested without',
  'test/browser/review.test.ts':
    'reviews on the page in a browser; comparing, marks and the report are tested without',
  'test/browser/labels.test.ts': 'measures the pictures of every view; that they are drawn is tested without',
  'test/browser/simulate.test.ts': 'asks the simulator in a browser; what it answers is tested without',
  'test/browser/play.test.ts': 'plays on the page in a browser; what it shows is tested without',
  'test/browser/story.test.ts': 'plays in a browser what other views open; what is opened is tested without',
  'test/browser/live.test.ts': 'starts a server and a browser; each is tested by itself without',
  'test/docs/api.test.ts': 'makes the reference of the API; that every name has its reason is tested without',
  'test/matchers/child-run.test.ts': 'runs whole runs of tests; what the matcher says is tested without',
  'test/package/bare.test.ts': 'tries the script of bare runs, which changes rarely',
  'test/package/build.test.ts': 'builds a small project again and again, which changes rarely',
  'test/package/package.test.ts': 'packs the package and has other programs look at it',
  'test/pipelines/guide.test.ts':
    'runs the pipelines of the guide; the check that they run is tested without',
  'test/pipelines/run.test.ts': 'runs the pipelines of the guide; the check that they run is tested without',
  'test/prove/proof.test.ts':
    'has a solver prove the laws and refute wrong ones; the proof’s tables are compared with the model without it',
  'test/recorder/playwright-har.test.ts': 'records with a browser; recordings of one are tested without',
  'test/recordings/growth.test.ts': 'counts the work of the readers on large input',
  'test/recordings/limits.test.ts': 'reads lines of many megabytes',
  'test/tidy/temporary.test.ts':
    'starts whole runs of tests; each run of the tests looks at what it leaves itself',
} as const;
