import type { Plain } from '../../../inspection/plain.ts';
import { printable } from '../../../text/escape.ts';

/** The part of a definition that is shown. */
interface Definition {
  readonly states?: Readonly<Record<string, Definition | undefined>>;
}

/** A definition is anybody's: how deep and how wide it is shown. */
const limits = { depth: 8, states: 60 };

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The states of a machine from its definition as JSON, those that are active marked; nothing if it has none. */
export function StateTree({
  definition,
  value,
}: {
  readonly definition: string;
  readonly value: Plain | undefined;
}) {
  const states = statesOf(definition);
  return states === null ? null : (
    <div class="state-tree">
      <States states={states} value={value} depth={0} />
    </div>
  );
}

function statesOf(definition: string): Definition['states'] | null {
  try {
    const read: unknown = JSON.parse(definition);
    return isObject(read) && isObject(read['states']) ? (read['states'] as Definition['states']) : null;
  } catch {
    return null;
  }
}

function States({
  states,
  value,
  depth,
}: {
  readonly states: Definition['states'];
  readonly value: unknown;
  readonly depth: number;
}) {
  const names = Object.keys(states ?? {});
  if (names.length === 0 || depth >= limits.depth) return null;
  return (
    <ul>
      {names.slice(0, limits.states).map((name) => {
        const inner = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
        const isActive = value === name || inner !== undefined;
        const state = states?.[name];
        return (
          <li key={name}>
            <span class={isActive ? 'state active' : 'state'}>
              {printable(name, 60)}
              {isActive && <span class="hidden"> (active)</span>}
            </span>
            {isObject(state) && isObject(state['states']) && (
              <States states={state['states'] as Definition['states']} value={inner} depth={depth + 1} />
            )}
          </li>
        );
      })}
      {names.length > limits.states && <li>and {names.length - limits.states} more</li>}
    </ul>
  );
}
