import { questionNames } from '../../../machines/index.ts';
import { scenarios, settingsFor, type Scenario } from '../../explore/index.ts';
import { code, page } from '../../text/markdown.ts';
import { sequenceMermaid } from '../mermaid.ts';
import { expectDrawn } from '../facts/problem.ts';
import { sequenceOf, sequenceScene, type Sequence } from '../sequence.ts';
import { defaultSvgOptions, writeSvg } from '../scene/svg.ts';

/** The pictures lie one directory deeper than the others. */
const inScenarios = { ...defaultSvgOptions, clausePage: '../../clauses.md' };

/** Every scenario step by step: docs/scenarios.md and a picture of each. */
export function scenarioFiles(): readonly (readonly [path: string, content: string])[] {
  const run = scenarios.map((scenario): readonly [Scenario, Sequence] => [
    scenario,
    expectDrawn(sequenceOf(scenario.events, settingsFor(scenario))),
  ]);
  return [
    ...run.flatMap(([{ id, title }, sequence]) => [
      [`docs/diagrams/scenarios/${id}.svg`, writeSvg(sequenceScene(sequence, title), inScenarios)] as const,
      [`docs/diagrams/scenarios/${id}.mmd`, sequenceMermaid(sequence, title)] as const,
    ]),
    ['docs/scenarios.md', scenariosPage(run)],
  ];
}

function scenariosPage(run: readonly (readonly [Scenario, Sequence])[]): string {
  const contents = run.map(([{ id, title }]) => `- [${title}](#${id})`);
  return page(
    '# Scenarios',
    'Executions worth knowing, step by step: the events as they happen, and both fields of the folder after each. ' +
      `A test replays each of them on the model and on the machine. For another reading: ${code('oz-status diagram sequence NAME --reading QUESTION=ANSWER')}.`,
    contents.join('\n'),
    ...run.flatMap(([scenario, sequence]) => section(scenario, sequence)),
  );
}

function section({ id, title, lesson, answers = {} }: Scenario, sequence: Sequence): string[] {
  const needed = questionNames.filter((question) => answers[question] !== undefined);
  const reading = needed.map((question) => code(`${question}=${answers[question]}`)).join(', ');
  return [
    `<a id="${id}"></a>`,
    `## ${title}`,
    lesson,
    `${code(id)}${reading === '' ? '' : `, under ${reading}`}: [picture](diagrams/scenarios/${id}.svg), [Mermaid](diagrams/scenarios/${id}.mmd)`,
    `\`\`\`mermaid\n${sequenceMermaid(sequence, title).trimEnd()}\n\`\`\``,
  ];
}
