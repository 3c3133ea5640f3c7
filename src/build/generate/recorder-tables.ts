import { deepest, knownKinds, notJson, scalar } from '../../recorder/lean-answer.ts';
import { answerFields } from '../../recordings/values/fields.ts';
import { readMethods, routes } from '../../recordings/values/routes.ts';

/** The pattern of the routes as Python writes it. */
const route = routes.source.replaceAll('(?<', '(?P<').replaceAll('\\/', '/');

const listed = (entries: readonly string[]) => entries.map((entry) => `    ${entry},\n`).join('');
const fields = listed(Object.entries(answerFields).map(([name, sought]) => `"${name}": "${sought}"`));
const quoted = (names: ReadonlySet<string>) => [...names].map((name) => `"${name}"`).join(', ');

/** The tables of the add-on for mitmproxy, in Python: those by which `recordFetch` records. */
export const recorderTables = `ROUTE = re.compile(r"${route}")
METHODS = {${quoted(readMethods)}}
KINDS = {${quoted(knownKinds)}}

# What is looked for: the value, the elements of a list, those of a list or by name, its folder, or only the presence.
FIELDS = {
${fields}}
DEEPEST = ${deepest}
NOT_JSON = ${JSON.stringify(notJson)}
SCALAR = ${JSON.stringify(scalar)}
`;
