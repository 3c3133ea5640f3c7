import { recordFetch, type RecordOptions, type Sink } from '../../src/recorder/index.ts';

/** The address of a folder. */
export const url = 'http://api.example/api/folders/f-1';
/** An answer that shows it finished. */
export const finished = JSON.stringify({ folder_id: 'f-1', resolution_status: 'FINISHED' });

/** A fetch that gives what `make` makes. */
export const giving = (make: () => Response) => (_input: string | URL | Request, _init?: RequestInit) =>
  Promise.resolve(make());
/** A fetch that gives that answer. */
export const answering = giving(() => Response.json(JSON.parse(finished)));

/** What a caller gets of a fetch that records into `sink`, and what is lost. */
export async function ask(sink: Sink, options: RecordOptions = {}, fetched = answering) {
  const losses: string[] = [];
  const fetching = recordFetch(fetched, sink, { onLoss: (loss) => losses.push(loss.message), ...options });
  const response = await fetching(url);
  const text = await response.text();
  await fetching.settled();
  return { text, losses };
}
