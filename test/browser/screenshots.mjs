import { runnerImport } from 'vite';

// Takes the pictures of the documentation, or, with a directory, of every view: node test/browser/screenshots.mjs [DIRECTORY]
const [, , directory] = process.argv;
const { module } = await runnerImport('./test/browser/take-screenshots.ts');
await module.takeScreenshots(directory);
