/** What a thread does that helps to read a large file: it scans the portions that it is given, one after the other. */
import { parentPort, workerData } from 'node:worker_threads';
import { memoryOf, scanPortion, type ScanTask } from './scan-portion.ts';

const file = workerData as number;

parentPort?.on('message', (task: ScanTask) => {
  const scanned = scanPortion(file, task);
  parentPort?.postMessage(scanned, memoryOf(scanned));
});
