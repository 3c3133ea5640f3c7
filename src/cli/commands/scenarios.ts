import { catalogue, clocks, faults } from '../../simulator/index.ts';
import { block, labelled, widthFor } from '../../text/layout.ts';
import type { CommandAction } from '../frame/command.ts';

/** Lists the scenarios of the simulator, each with what it teaches. */
export const scenarios: CommandAction = async ({ values }, io) => {
  const listed = catalogue(values['generated'] === true);
  if (values['format'] === 'json') {
    io.stdout.write(`${JSON.stringify({ scenarios: listed, clocks, faults }, null, 2)}\n`);
    return 0;
  }
  const width = widthFor(io.stdout.columns);
  const lines = listed.flatMap(({ name, is, title, lesson }) =>
    is === 'generated'
      ? [name]
      : [name, ...labelled(2, '', title, width), ...labelled(4, '', lesson, width), ''],
  );
  const settings = [
    ...Object.entries(clocks).map(([name, about]) => [`clock=${name}`, about] as const),
    ...Object.entries(faults).map(([name, { lesson }]) => [`faults=${name}`, lesson] as const),
  ];
  const setting = settings.flatMap(([name, about]) => [name, ...labelled(4, '', about, width)]);
  io.stdout.write(block([...lines, ...setting]));
  return 0;
};
