import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { allReadings, defaultSettings } from '../../machines/index.ts';
import { drawBareFigure } from '../diagrams/figure/draw-figure.ts';
import { chartOf, machineNames } from '../diagrams/facts/machine-document.ts';
import { outlineFigure, regionsOf } from '../diagrams/figure/outline.ts';
import { writeSvg } from '../diagrams/scene/svg.ts';
import type { Reviewed } from '../review/record.ts';
import { compareAnswers } from '../explore/readings/questions.ts';
import {
  idPlaceholder,
  keyOfMoves,
  type BundledRecording,
  type PageFacts,
  type Outline,
} from './page/facts.ts';

/** Computes the facts for the page; the bundled recordings are read from `recordings`. */
export async function factsForPage(recordings: string, reviewed: Reviewed): Promise<PageFacts> {
  return {
    reviewed,
    outlines: drawOutlines(),
    differences: compareAnswers().map(({ question, answers, under, comparison }) => {
      return { question, answers, under, events: comparison.difference?.events ?? null };
    }),
    recordings: await readRecordings(recordings),
  };
}

function drawOutlines(): PageFacts['outlines'] {
  const drawn = new Map<string, Map<string, Outline>>();
  for (const machine of machineNames) {
    for (const reading of allReadings()) {
      for (const region of regionsOf(chartOf(machine, { ...defaultSettings, reading }))) {
        const moves = region.transitions.map(({ id }) => id);
        const known = drawn.get(region.id) ?? new Map<string, Outline>();
        drawn.set(region.id, known);
        if (known.has(keyOfMoves(moves))) continue;
        const scene = drawBareFigure(outlineFigure(region));
        const svg = writeSvg(scene, { clausePage: '', theme: 'page', idPrefix: idPlaceholder });
        known.set(keyOfMoves(moves), { moves, svg });
      }
    }
  }
  return Object.fromEntries([...drawn].map(([id, outlines]) => [id, [...outlines.values()]]));
}

type Manifest = readonly Omit<BundledRecording, 'bytes'>[];

async function readRecordings(directory: string): Promise<readonly BundledRecording[]> {
  const manifest = JSON.parse(await readFile(join(directory, 'index.json'), 'utf8')) as Manifest;
  return Promise.all(
    manifest.map(async ({ file, title, description, lesson }) => {
      const bytes = (await readFile(join(directory, file))).toString('base64');
      return { file, title, description, lesson, bytes };
    }),
  );
}
