import { catalogue } from '../../simulator/index.ts';
import { block, labelled, widthFor } from '../../text/layout.ts';
import type { Action } from '../frame/command.ts';

/** Lists the scenarios of the simulator, each with what it teaches. */
export const scenarios: Action = async ({ values }, io) => {
  const listed = catalogue(values['generated'] === true);
  if (values['format'] === 'json') {
    io.stdout.write(`${JSON.stringify({ scenarios: listed }, null, 2)}\n`);
    return 0;
  }
  const width = widthFor(io.stdout.columns);
  const lines = listed.flatMap(({ name, is, title, lesson }) =>
    is === 'generated'
      ? [name]
      : [name, ...labelled(2, '', title, width), ...labelled(4, '', lesson, width), ''],
  );
  io.stdout.write(block(lines));
  return 0;
};
