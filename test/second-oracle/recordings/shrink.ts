import { defaultReading, questionNames } from '../../../machines/readings.ts';
import type { Sample } from './generate.ts';

type Json = Record<string, unknown>;

/** How often at most a smaller recording is tried. */
const mostTries = 200;

/**
 * A small sample of which `holds` is still true: lines, answers of the reading, and parts of lines are left out one
 * after another, as long as that may be tried.
 */
export function shrink(sample: Sample, holds: (sample: Sample) => boolean): Sample {
  let best = sample;
  let tries = 0;
  const isTaken = (smaller: Sample): boolean => {
    if (tries >= mostTries) return false;
    tries += 1;
    if (!holds(smaller)) return false;
    best = smaller;
    return true;
  };
  for (;;) {
    const before = best;
    for (let at = best.lines.length - 1; at >= 0; at -= 1)
      isTaken({ ...best, lines: best.lines.toSpliced(at, 1) });
    for (const simpler of simplerSettings(best)) isTaken({ ...best, ...simpler(best) });
    for (const at of best.lines.keys()) while (shortens(best, at, isTaken));
    if (before === best) return best;
  }
}

/** What makes the way of judging more usual. */
function simplerSettings({ settings }: Sample): readonly ((sample: Sample) => Partial<Sample>)[] {
  const questions = questionNames.filter(
    (question) => settings.reading[question] !== defaultReading[question],
  );
  return [
    () => ({ groups: 'known' }),
    () => ({ fields: 'current' }),
    (sample) => ({ settings: { ...sample.settings, operatorRequired: 'allowed' } }),
    ...questions.map((question) => ({ settings: now }: Sample) => ({
      settings: { ...now, reading: { ...now.reading, [question]: defaultReading[question] } },
    })),
  ];
}

/** Whether the line can do with less. */
function shortens(sample: Sample, at: number, isTaken: (sample: Sample) => boolean): boolean {
  for (const less of lessOf(JSON.parse(sample.lines[at]!))) {
    if (isTaken({ ...sample, lines: sample.lines.with(at, JSON.stringify(less)) })) return true;
  }
  return false;
}

/** The value with one element or member left out, at any depth, outermost first. */
function* lessOf(value: unknown): Generator {
  if (Array.isArray(value)) {
    for (const at of value.keys()) yield value.toSpliced(at, 1);
    for (const [at, element] of value.entries()) {
      for (const less of lessOf(element)) yield value.with(at, less);
    }
  } else if (typeof value === 'object' && value !== null) {
    if ('body' in value) yield value.body;
    const entries = Object.entries(value as Json);
    for (const [key] of entries) {
      if (key !== 'body') yield Object.fromEntries(entries.filter(([other]) => other !== key));
    }
    for (const [key, member] of entries) for (const less of lessOf(member)) yield { ...value, [key]: less };
  }
}
