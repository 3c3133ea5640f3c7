import type { Settings } from '../../../../machines/index.ts';
import { SimulatorRun, type SentRequest } from './simulator-run.ts';

/** What a session does, chosen before its first request. */
export interface Setup {
  readonly scenario: string;
  readonly clock: string;
  readonly fault: string;
}

/** The session of the page, which goes on while another view is shown. */
class KeptSession {
  setup: Setup = { scenario: '', clock: 'polls', fault: '' };
  /** How often a session was begun anew. */
  round = 0;
  sent: readonly SentRequest[] = [];
  run: SimulatorRun | undefined;
  #key = '';

  /** The session of this kind: the one at hand, if it is of that kind, else a new one. */
  of(settings: Settings, setup: Setup, round: number): SimulatorRun {
    const key = JSON.stringify([settings, setup, round]);
    if (this.run && this.#key === key) return this.run;
    const { scenario, clock, fault } = setup;
    const parts = [scenario, `clock=${clock}`, fault === '' ? '' : `faults=${fault}`];
    [this.#key, this.setup, this.round, this.sent] = [key, setup, round, []];
    this.run = new SimulatorRun(settings, parts);
    return this.run;
  }
}

/** There is one session at a time. */
export const keptSession = new KeptSession();
