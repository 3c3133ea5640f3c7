/**
 * A client that waits for a folder and says whether somebody passes, with `oz-status-spec/verdict`. Run by
 * `oz-status try-client -- node client.mjs [MISTAKE]`, which is this one without its types. Without a mistake it is
 * right.
 */
import { parseFolder, verdictOf, type Verdict } from 'oz-status-spec/verdict';

const [, , mistake = ''] = process.argv;
const {
  OZ_BASE_URL: base = '',
  OZ_TOKEN: token = '',
  OZ_FOLDER_ID: id = '',
  OZ_DEADLINE_SECONDS = '3',
  OZ_CALLBACKS_URL: callbacks = '',
} = process.env;
const end = performance.now() + Number(OZ_DEADLINE_SECONDS) * 1000;
const requires = ['QUALITY', 'BIOMETRY'] as const;

interface Answer {
  readonly resolution_status: string;
  readonly system_resolution: string;
  readonly analyses?: readonly { readonly resolution_status: string }[];
}

const names: Readonly<Record<string, string>> = {
  SUCCESS: 'passed',
  DECLINED: 'declined',
  FAILED: 'failed',
  OPERATOR_REQUIRED: 'operator-required',
};

/** One answer, or undefined where none came: a fault of the way says nothing of the folder. */
async function poll(): Promise<Answer | undefined> {
  try {
    const response = await fetch(`${base}/api/folders/${id}?with_analyses=true`, {
      headers: { 'X-Forensic-Access-Token': token },
      signal: AbortSignal.timeout(2000),
    });
    return response.ok ? ((await response.json()) as Answer) : undefined;
  } catch {
    return undefined;
  }
}

function verdict(folder: Answer): Verdict['is'] {
  const parsed = parseFolder(folder);
  return parsed.ok ? verdictOf(parsed.folder, { requires: [...requires] }).is : 'unknown';
}

/** What the folder means, or undefined while nobody knows. */
function decide(folder: Answer): string | undefined {
  const { resolution_status: stage, system_resolution: result, analyses = [] } = folder;
  if (mistake === 'finished-is-a-pass')
    return stage === 'FINISHED' ? 'passed' : stage === 'FAILED' ? 'failed' : undefined;
  if (mistake === 'not-processing-is-done')
    return stage === 'PROCESSING' ? undefined : (names[result] ?? 'unknown');
  const [first] = analyses;
  if (mistake === 'one-analysis-watched') return first && names[first.resolution_status];
  const found = verdict(folder);
  if (found === 'pending' || found === 'incomplete') return mistake === 'one-poll' ? 'declined' : undefined;
  if (mistake === 'four-ends-folded-into-two') return found === 'passed' ? 'passed' : 'declined';
  if (mistake === 'later-success-masks') return names[result] ?? 'unknown';
  return found;
}

function tell(decision: string): void {
  process.stdout.write(`${JSON.stringify({ decision })}\n`);
}

let decision = 'timeout';
while (performance.now() < end) {
  const folder = await poll();
  const found = folder && decide(folder);
  if (mistake === 'completion-on-every-poll' && folder)
    tell(found ?? 'pending');
  if (found !== undefined) {
    decision = found;
    break;
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
}
if (mistake !== 'completion-on-every-poll') tell(decision);
if (mistake === 'acts-on-callbacks') {
  // The callbacks of the web plugin that have arrived, where it has posted the folder.
  const lines = (await (await fetch(callbacks)).text()).split('\n');
  for (const line of lines) if (line.includes('"state":"finished"')) tell(decision);
}
process.exitCode = decision === 'passed' ? 0 : decision === 'declined' ? 1 : 2;
