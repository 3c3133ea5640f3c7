import { CheckSession } from './check-session.ts';
import type { AskedCheck, Questions, QuestionName, Told } from './messages.ts';
import { receiveFile } from './sent-files.ts';

/** The other end of `CheckClient`: checks recordings beside the page, so that the page never waits for it. */

const tell = (told: Told): void => {
  // A worker has one page to talk to and no origins to choose from.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  postMessage(told);
};

let session: CheckSession | undefined;
/** Between two reports of progress, in milliseconds. */
const pause = 100;

async function check({ files, options }: Questions['check']['takes']): Promise<Questions['check']['gives']> {
  session = new CheckSession(options);
  let next = 0;
  return session.run(files.map(receiveFile), (made) => {
    if (performance.now() < next) return;
    next = performance.now() + pause;
    tell({ type: 'progress', made });
  });
}

type Answers = {
  readonly [Name in QuestionName]: (
    takes: Questions[Name]['takes'],
  ) => Questions[Name]['gives'] | Promise<Questions[Name]['gives']>;
};

const answers: Answers = {
  check,
  folders: ({ verdicts, from, count }) => session!.folders(verdicts, from, count),
  folder: ({ index }) => session!.folder(index),
  steps: ({ index, from, count }) => session!.steps(index, from, count),
  explanations: ({ index, at }) => session!.explanations(index, at),
};

type Given = Questions[QuestionName]['gives'];

async function answer({ id, name, takes }: AskedCheck): Promise<void> {
  try {
    const give = answers[name] as (takes: unknown) => Promise<Given> | Given;
    tell({ type: 'answer', id, gives: await give(takes) });
  } catch (error) {
    tell({ type: 'failure', id, message: error instanceof Error ? error.message : String(error) });
  }
}

addEventListener('message', ({ data }: MessageEvent<AskedCheck>) => {
  void answer(data);
});
