import { createHash } from 'node:crypto';
import { relative } from 'node:path';
import { PluginKind, commonTokens, declareClassPlugin, tokens } from '@stryker-mutator/api/plugin';

/** What Stryker says of a change that is not of the sample. */
export const notOfTheSample = 'not of the sample';

/**
 * Takes one change of `sampleOf`, by a digest of what it is: the same ones in each run, regardless of where they
 * are. For Stryker it is a checker, since those decide before any test runs which change is tried.
 */
class SampleChecker {
  static inject = tokens(commonTokens.options);

  /** @param {{ sampleOf: number }} options */
  constructor({ sampleOf }) {
    this.sampleOf = sampleOf;
  }

  async init() {}

  async check(mutants) {
    return Object.fromEntries(mutants.map((mutant) => [mutant.id, this.#resultOf(mutant)]));
  }

  /** All at once. */
  async group(mutants) {
    return [mutants.map(({ id }) => id)];
  }

  #resultOf({ fileName, location: { start, end }, replacement }) {
    // The sandbox of Stryker, where this runs, has the layout of the project.
    const change = JSON.stringify([relative(process.cwd(), fileName), start, end, replacement]);
    const digest = createHash('sha256').update(change).digest().readUInt32BE();
    return digest % this.sampleOf === 0
      ? { status: 'passed' }
      : { status: 'compileError', reason: notOfTheSample };
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Checker, 'sample', SampleChecker)];

/** The option that this plugin reads. */
export const strykerValidationSchema = {
  type: 'object',
  properties: { sampleOf: { type: 'integer', minimum: 1, default: 1 } },
};
