import { defaultReading, questionNames } from '../../machines/readings.ts';
import type { Sample } from './generate.ts';

type Json = Record<string, unknown>;

/** The smallest sample that is found, by leaving out one thing after another, of which `holds` is still true. */
export function shrink(sample: Sample, holds: (sample: Sample) => boolean): Sample {
  let best = sample;
  for (let found = true; found;) {
    found = false;
    for (const smaller of smallerOnes(best)) {
      if (!holds(smaller)) continue;
      best = smaller;
      found = true;
      break;
    }
  }
  return best;
}

function* smallerOnes(sample: Sample): Generator<Sample> {
  const { lines, settings } = sample;
  for (const at of lines.keys()) yield { ...sample, lines: lines.toSpliced(at, 1) };
  if (sample.groups !== 'known') yield { ...sample, groups: 'known' };
  if (settings.operatorRequired !== 'allowed') {
    yield { ...sample, settings: { ...settings, operatorRequired: 'allowed' } };
  }
  for (const question of questionNames) {
    if (settings.reading[question] === defaultReading[question]) continue;
    const reading = { ...settings.reading, [question]: defaultReading[question] };
    yield { ...sample, settings: { ...settings, reading } };
  }
  for (const [at, line] of lines.entries()) {
    for (const less of lessOf(JSON.parse(line) as Json)) {
      yield { ...sample, lines: lines.with(at, JSON.stringify(less)) };
    }
  }
}

/** The value with one element or member left out, at any depth, outermost first. */
function* lessOf(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    for (const at of value.keys()) yield value.toSpliced(at, 1);
    for (const [at, element] of value.entries()) {
      for (const less of lessOf(element)) yield value.with(at, less);
    }
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value as Json);
    if ('body' in value && !('url' in value)) yield value.body;
    for (const [key] of entries) {
      if (key !== 'body') yield Object.fromEntries(entries.filter(([other]) => other !== key));
    }
    for (const [key, member] of entries) for (const less of lessOf(member)) yield { ...value, [key]: less };
  }
}
