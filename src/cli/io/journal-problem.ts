/** A journal that cannot be gone on from: where, and what was expected. */
export class JournalProblem extends Error {}
