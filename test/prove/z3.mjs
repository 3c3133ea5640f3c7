/**
 * Z3 as a solver of SMT-LIB texts.
 *
 * The wrapper of the package hands a text over on the stack of a call that returns before the solver has read it:
 * under load parts of a long text are overwritten. So the text is put where it stays.
 */
import { init } from 'z3-solver';

/** Room for the longest text, in bytes; taken once, while the memory still has its first size. */
const room = 2 ** 21;

/** A solver that gives up on a question after so many milliseconds, and its version. */
export async function startZ3({ timeout }) {
  const { Z3, em } = await init();
  const place = em._malloc(room);
  const memory = em.HEAPU8;
  const encoder = new TextEncoder();
  // The package answers one question at a time.
  let last = Promise.resolve();

  async function run(text) {
    const bytes = encoder.encode(`(set-option :timeout ${timeout})\n${text}\0`);
    if (bytes.length > room) throw new RangeError(`expected at most ${room} bytes, received ${bytes.length}`);
    const config = Z3.mk_config();
    const context = Z3.mk_context(config);
    Z3.del_config(config);
    try {
      memory.set(bytes, place);
      return await em.async_call(() => em._async_Z3_eval_smtlib2_string(context, place));
    } finally {
      Z3.del_context(context);
    }
  }

  return {
    version: `Z3 ${Z3.get_full_version().replace(/^Z3 /, '')}`,
    solve: (text) => (last = last.catch(() => {}).then(() => run(text))),
    stop: () => em.PThread.terminateAllThreads(),
  };
}
