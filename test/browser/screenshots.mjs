import { runnerImport } from 'vite';

// Writes pictures of the page into a directory: node test/browser/screenshots.mjs DIRECTORY
const [, , directory = 'coverage/screenshots'] = process.argv;
const { module } = await runnerImport('./test/browser/take-screenshots.ts');
await module.takeScreenshots(directory);
