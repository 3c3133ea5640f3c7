import * as fc from 'fast-check';

// The names of properties hold their seeds, and a change is tried by the tests of the names that a first run had.
fc.configureGlobal({ seed: 1 });
