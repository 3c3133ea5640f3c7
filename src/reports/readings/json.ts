import { questionNames, type Reading } from '../../../machines/index.ts';
import { itinerary, hindrances, type Plan, type ReadingRegister } from '../../explore/index.ts';
import type { Finding, SeenAt, Where } from '../../conformance/index.ts';
import { escapedJson } from '../../text/escape.ts';
import type { InferenceOutcome } from './infer.ts';

/** The version of the JSON of `readings`: it grows when a reader written for the old shape would break. */
export const readingsFormatVersion = 1;

const documentOf = (content: object): string =>
  `${escapedJson({ formatVersion: readingsFormatVersion, ...content })}\n`;

/** The register of open questions for programs. */
export function registerJson(register: ReadingRegister): string {
  return documentOf(register);
}

/** The plan of experiments for programs: experiments by number, each outcome with the next number or the answers left. */
export function planJson({ fields, operator, ...plan }: Plan): string {
  return documentOf({
    ...plan,
    hindrances,
    fields: itinerary(fields),
    ...(operator ? { operator: itinerary(operator) } : {}),
  });
}

/** An inference for programs. A reading is the list of its answers to `questionNames`. */
export function inferenceJson({ inference, input }: InferenceOutcome): string {
  const { status, readings, classes, questions, conflict, folders, leftOut, limited } = inference;
  return documentOf({
    status,
    folders,
    questionNames,
    questions: questions.map(({ decidedBy, ...one }) => ({
      ...one,
      decidedBy: decidedBy ? seen(decidedBy) : null,
    })),
    readings: readings.map(answers),
    classes: classes.map((alike) => alike.map(answers)),
    conflict: conflict ? { minimal: conflict.minimal, observations: conflict.observations.map(seen) } : null,
    leftOut: leftOut.map(({ folderId, finding }) => ({ folderId, ...found(finding) })),
    limited,
    unreadable: input.map(found),
  });
}

const answers = (reading: Reading) => questionNames.map((question) => reading[question]);
const at = ({ file, line, column, pointer }: Where) => ({
  file,
  line: line ?? null,
  column: column ?? null,
  pointer: pointer ?? null,
});
const seen = ({ folderId, where }: SeenAt) => ({ folderId, where: at(where) });
const found = ({ code, clause, message, where }: Finding) => ({ code, clause, message, where: at(where) });
