import type { Finding } from '../observations/findings.ts';
import { createChecker } from '../conformance/index.ts';
import { readInto } from '../recordings/index.ts';
import { exitCodeOf, reportModel, type ExitCode, type ReportModel } from '../reports/index.ts';
import { checkOptionsOf, optionProblems, type ConformOptions } from './conform-options.ts';
import { textOf } from './received.ts';

/**
 * A recording: text or bytes (lines of JSON, a JSON document, a HAR, gzip of these), bytes as they arrive, a HAR or an
 * answer as `JSON.parse` gives it, or a list of answers in order of arrival.
 */
export type RecordingInput = string | ArrayBuffer | Uint8Array | AsyncIterable<Uint8Array | string> | object;

/** What a check of a recording found: the report for programs, every folder in it, and how `check` would end. */
export interface CheckedRecording extends ReportModel {
  readonly exitCode: ExitCode;
}

/**
 * Checks a recording. What is wrong with the recording is in the result: findings, and `unreadable` for what cannot be
 * read. It rejects with a TypeError for options that are wrong, and for what is no recording at all.
 */
export async function checkRecording(
  input: RecordingInput,
  options: ConformOptions = {},
): Promise<CheckedRecording> {
  const problems = optionProblems(options);
  const chunks = chunksOf(input);
  if ('problem' in chunks) problems.push(chunks.problem);
  if (problems.length > 0 || 'problem' in chunks) {
    throw new TypeError(['checkRecording', ...problems].join('\n  '));
  }
  const { file = 'recording', routePrefix, strict } = options;
  const checkOptions = checkOptionsOf(options);
  const checker = createChecker(checkOptions);
  const found: Finding[] = [];
  const receiver = { ...checker, find: (finding: Finding) => void found.push(finding) };
  const prefix = routePrefix === undefined ? {} : { routePrefix };
  const { ignored } = await readInto(receiver, chunks, { file, ...prefix });
  const outcome = { options: checkOptions, folders: checker.finish(), input: found, ignored };
  const model = reportModel(outcome, { all: true });
  return { ...model, exitCode: exitCodeOf(model.summary, strict) };
}

const isStream = (input: object): input is AsyncIterable<unknown> => Symbol.asyncIterator in input;

/** The bytes of a recording, or why there are none. */
function chunksOf(input: unknown): AsyncIterable<Uint8Array> | { readonly problem: string } {
  if (input instanceof ArrayBuffer) return only(new Uint8Array(input));
  if (ArrayBuffer.isView(input)) {
    return only(new Uint8Array(input.buffer, input.byteOffset, input.byteLength));
  }
  if (typeof input === 'object' && input !== null && isStream(input)) return bytesOf(input);
  const received = textOf(input);
  return 'problem' in received ? received : only(new TextEncoder().encode(received.text));
}

async function* only(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** The chunks of a stream; text among them is taken for UTF-8. */
async function* bytesOf(stream: AsyncIterable<unknown>): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    if (typeof chunk === 'string') yield new TextEncoder().encode(chunk);
    else if (chunk instanceof Uint8Array) yield chunk;
    else throw new TypeError(`expected chunks of bytes, received ${typeof chunk}`);
  }
}
