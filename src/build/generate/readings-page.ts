import { happens, type ReadingRegister } from '../../explore/index.ts';
import { documentMarkdown, type TextBlock } from '../../reports/readings/document.ts';
import { registerBlocks } from '../../reports/readings/register.ts';
import { remarks, type Remark } from '../../review/remarks.ts';
import { generatedNote } from '../../text/markdown.ts';

/** What looks like a question and is none, because the page is explicit: both violate under every reading. */
const rejected = [
  'OPERATOR_REQUIRED for liveness: an older page lists it for every type of analysis; the page excludes it twice.',
  'DECLINED and SUCCESS as `folder.resolution_status`: filters of an older page accept them; the column of the page has neither.',
];

/** Where the wording of the page is at fault without any difference that could be observed. */
const editorial = [
  'FINISHED is called a successful finish, also where a check was declined: it says that there is a result, not which.',
  'The prose on `system_resolution` names three results; the table has six statuses.',
  'INITIAL stands in the order of severity although no analysis is ever INITIAL: it only matters for a folder as a whole, which is INITIAL while it has no analyses.',
];

function remarkBlocks({ asks, clauses, answers, scenario, seenBy, because }: Remark): readonly TextBlock[] {
  const { events, held } = scenario;
  const shows =
    held === 'refused'
      ? 'the last of these is refused'
      : `${held.resolution_status}, ${held.system_resolution}`;
  return [
    { heading: asks, level: 3 },
    {
      list: [
        `Held: ${answers[0]}. Otherwise: ${answers[1]}.`,
        `Scenario: ${events.map(happens).join('; ')}. Here: ${shows}.`,
        `Seen by: ${seenBy ?? 'nothing that a client is shown'}.`,
        `Why it is no question: ${because}`,
        `Clauses: ${clauses.map((clause) => `\`${clause}\``).join(', ')}`,
      ],
    },
  ];
}

/** docs/readings.md: the register of open questions, with what is none although it may look like one. */
export function readingsPage(register: ReadingRegister): string {
  const [title, ...rest] = registerBlocks(register, true);
  const blocks: readonly TextBlock[] = [
    title!,
    {
      text:
        'Choose answers with `--reading QUESTION=ANSWER` or in the config file. `oz-status readings infer FILE...` ' +
        'says which answers your recordings admit; `oz-status readings plan` says how to find out by experiment. The ' +
        'scenarios below are computed: each is the shortest one that tells two answers apart, with the default answer ' +
        'to every other question unless others are named.',
    },
    ...rest,
    { heading: 'Other unclear places, and why they are not questions', level: 2 },
    {
      text:
        'The page can be read otherwise here too. Each place has the answer that the specification holds, the other ' +
        'one, by what a client would see it, and why it cannot be chosen. Whoever knows better objects to the clauses.',
    },
    ...Object.values(remarks).flatMap(remarkBlocks),
    { heading: 'Rejected statements of older pages', level: 2 },
    { list: rejected },
    { heading: 'Faults of wording without observable difference', level: 2 },
    { list: editorial },
  ];
  return `${generatedNote}\n\n${documentMarkdown(blocks)}`;
}
