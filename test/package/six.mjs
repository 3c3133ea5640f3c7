/**
 * What XState 6 asks of machines that were written for XState 5: names of guards, with what they are told, and of
 * actions become functions. The smoke test of that version puts this in the place of `xstate`.
 */
import { createMachine } from 'xstate';

/** The setup of a machine; it does what that of XState 5 does for machines like these. */
export function setup({ guards = {}, actions = {} }) {
  const guardOf = (guard) => {
    const { type, params } = typeof guard === 'string' ? { type: guard } : guard;
    return (told) => guards[type](told, params);
  };
  const transition = (given) => {
    if (typeof given === 'string') return { target: given };
    const { guard, actions: act, ...rest } = given;
    return {
      ...rest,
      ...(guard && { guard: guardOf(guard) }),
      ...(act && { context: (told) => actions[act.type](told) }),
    };
  };
  const transitions = (given) => (Array.isArray(given) ? given.map(transition) : transition(given));
  const each = (members, change) =>
    Object.fromEntries(Object.entries(members).map(([name, member]) => [name, change(member)]));
  const state = ({ on, always, states, options: _options, ...rest }) => ({
    ...rest,
    ...(on && { on: each(on, transitions) }),
    ...(always?.length > 0 && { always: transitions(always) }),
    ...(states && { states: each(states, state) }),
  });
  return {
    assign: (change) => change,
    extend: (more) => setup({ guards, actions: { ...actions, ...more.actions } }),
    createMachine: (config) => createMachine(state(config)),
  };
}
