import { expect, test } from 'vitest';
import { allReadings, defaultSettings } from '../../machines/index.ts';
import { chartOf, machineNames } from '../../src/diagrams/facts/machine-document.ts';
import { drawBareFigure } from '../../src/diagrams/figure/draw-figure.ts';
import { outlineFigure, regionsOf } from '../../src/diagrams/figure/outline.ts';
import type { Scene } from '../../src/diagrams/scene/scene.ts';
import { flawsOf, partsOf } from './measure.ts';

/** Every outline that some reading has, once. */
const outlines = new Map<string, Scene>();
for (const machine of machineNames) {
  for (const reading of allReadings()) {
    for (const region of regionsOf(chartOf(machine, { ...defaultSettings, reading }))) {
      const key = JSON.stringify([region.id, region.transitions.map(({ id }) => id)]);
      if (!outlines.has(key)) outlines.set(key, drawBareFigure(outlineFigure(region)));
    }
  }
}

test('nothing overlaps and nothing is cut in the outline of any region under any reading', () => {
  expect(outlines.size).toBeGreaterThan(10);
  for (const [key, scene] of outlines) expect(flawsOf(scene), key).toEqual([]);
});

/** The room that a window of 390 pixels leaves for a picture, and the least size of a letter. */
const narrow = { room: 316, letter: 11 } as const;

test('every outline fits a window of 390 pixels with letters of at least 11', () => {
  for (const [key, { width, shapes }] of outlines) {
    const { texts } = partsOf(shapes);
    expect(texts.length, key).toBeGreaterThanOrEqual(4);
    const least = Math.min(...texts.map(({ size }) => size));
    expect(Math.min(1, narrow.room / width) * least, key).toBeGreaterThanOrEqual(narrow.letter);
  }
});
