/**
 * Events per second of processor time of a check beside actors that are sent the same executions. A check sees a folder after each event:
 * as lines that it reads, as lines read before into numbers, and as observations, which a user of the library has.
 */
import { createActor } from 'xstate';
import { defaultReading, folderMachine } from '../../dist/machines/index.js';
import { createPackedChecker } from '../../dist/src/conformance/check/checker.js';
import { createChecker } from '../../dist/src/conformance/index.js';
import { firstView, slot, viewSize } from '../../dist/src/observations/packed/packed.js';
import { readRecordingText } from '../../dist/src/recordings/index.js';
import { RecordingReader } from '../../dist/src/recordings/reader/reader.js';
import { executions, linesOf } from './executions.mjs';

const settings = { reading: defaultReading, operatorRequired: 'allowed' };

/** The best rate of events per second of processor time of each way to go through the executions, one after the other in each round. */
function bestRates(ways, rounds) {
  const best = ways.map(() => 0);
  for (let round = 0; round < rounds; round += 1) {
    for (const [at, { events, run }] of ways.entries()) {
      const begin = process.cpuUsage().user;
      run();
      best[at] = Math.max(best[at], events / ((process.cpuUsage().user - begin) / 1e6));
    }
  }
  return best;
}

function finish(checker) {
  const wrong = checker.finish().filter(({ verdict }) => verdict !== 'conforms');
  if (wrong.length > 0) throw new Error(`${wrong.length} executions are refused`);
}

function checkText(bytes) {
  const checker = createPackedChecker({ settings });
  const find = ({ message }) => {
    throw new Error(message);
  };
  const reader = new RecordingReader({ file: 'x' }, { ...checker, find });
  reader.push(bytes);
  reader.end();
  finish(checker);
}

/** What the reader hands on of each line: in numbers, and as the observation where a check wants that. */
function readBefore(bytes, observations) {
  const read = [];
  const observePacked = (chunk, numbers, source, at) => {
    read.push({
      chunk,
      packed: numbers.slice(0, firstView + numbers[slot.views] * viewSize),
      source,
      at,
      observation: observations[at - 1],
    });
    return true;
  };
  const observe = (observation) => read.push({ observation });
  const reader = new RecordingReader({ file: 'x' }, { observePacked, observe, find: () => {} });
  reader.push(bytes);
  reader.end();
  return read;
}

function checkNumbers(read) {
  const checker = createPackedChecker({ settings });
  for (const { chunk, packed, source, at, observation } of read) {
    if (!chunk || !checker.observePacked(chunk, packed, source, at)) checker.observe(observation);
  }
  finish(checker);
}

function checkObservations(observations) {
  const checker = createChecker({ settings });
  for (const observation of observations) checker.observe(observation);
  finish(checker);
}

function sendAll(some) {
  for (const { events } of some) {
    const actor = createActor(folderMachine).start();
    for (const event of events) actor.send(event);
    actor.stop();
  }
}

/** Tells the rates for `count` executions, of which actors are sent a tenth. */
export function againstActors(tell, { rounds, count }) {
  const all = executions(count);
  const lines = all.flatMap((execution) => linesOf(execution, defaultReading));
  const bytes = new TextEncoder().encode(lines.join(''));
  const observations = readRecordingText(lines.join(''), { file: 'x' }).flatMap((piece) =>
    piece.type === 'observation' ? [piece.observation] : [],
  );
  const read = readBefore(bytes, observations);
  const some = all.slice(0, count / 10);
  const checks = [
    { what: 'lines read and checked', events: lines.length, run: () => checkText(bytes) },
    { what: 'lines checked that were read before', events: lines.length, run: () => checkNumbers(read) },
    { what: 'observations checked', events: lines.length, run: () => checkObservations(observations) },
  ];
  const sent = { events: some.flatMap(({ events }) => events).length, run: () => sendAll(some) };
  const [actors, ...rates] = bestRates([sent, ...checks], rounds);
  const say = (value) => Math.round(value).toLocaleString('en');
  for (const [at, { what }] of checks.entries()) {
    tell(
      `events per second, beside createActor().send: ${what}`,
      'at least 100',
      (rates[at] / actors).toFixed(0),
      `${say(rates[at])} beside ${say(actors)} events/s`,
    );
  }
}
