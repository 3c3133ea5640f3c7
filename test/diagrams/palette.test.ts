import { expect, test } from 'vitest';
import { statuses } from '../../machines/index.ts';
import { palette, statusColours, textOnBackground, type Colour } from '../../src/diagrams/scene/palette.ts';
import { drawFigure } from '../../src/diagrams/figure/draw-figure.ts';
import { chartOf } from '../../src/diagrams/facts/machine-document.ts';
import { machineFigure } from '../../src/diagrams/figure/machine-figure.ts';
import { textBounds, type Scene } from '../../src/diagrams/scene/scene.ts';
import { severityScene } from '../../src/diagrams/severity-scene.ts';
import { partsOf } from './measure.ts';

/** Relative luminance after WCAG 2. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

test('measures contrast as WCAG does', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.478, 3);
});

test.each(textOnBackground)('%s on %s has the contrast of WCAG AA in both themes', (text, background) => {
  for (const theme of ['light', 'dark'] as const) {
    expect(contrast(palette[text][theme], palette[background][theme]), theme).toBeGreaterThanOrEqual(4.5);
  }
});

test.each(['event', 'derived', 'added', 'removed', 'changed', 'border', 'warning'] as const)(
  'a line in %s has the contrast of WCAG AA for graphics in both themes',
  (line) => {
    for (const theme of ['light', 'dark'] as const) {
      for (const background of ['paper', 'box', 'frame'] as const) {
        expect(contrast(palette[line][theme], palette[background][theme]), theme).toBeGreaterThanOrEqual(3);
      }
    }
  },
);

test('every status has colours of its own', () => {
  expect(new Set(statuses.map((status) => statusColours(status).join())).size).toBe(statuses.length);
});

/** What each text of a picture stands on: the last drawn filled rectangle around it, or the paper. */
function pairsIn(scene: Scene): readonly (readonly [Colour, Colour])[] {
  const { texts, rects } = partsOf(scene.shapes);
  const filled = rects.filter(({ fill }) => fill !== null);
  return texts.map((text) => {
    const { x, y, width, height } = textBounds(text);
    const around = filled
      .filter((rect) => rect.x <= x && rect.y <= y + 1 && rect.x + rect.width >= x + width)
      .filter((rect) => rect.y + rect.height >= y + height - 1)
      .toSorted((one, other) => one.width * one.height - other.width * other.height);
    return [text.colour, around[0]?.fill ?? 'paper'] as const;
  });
}

test('every text in the pictures stands on a background whose contrast is tested', async () => {
  const scenes = [await drawFigure(machineFigure(chartOf('folder'), { subtitle: '' })), severityScene()];
  const tested = new Set(textOnBackground.map((pair) => pair.join()));
  const seen = scenes.flatMap(pairsIn);
  expect(seen.length).toBeGreaterThan(150);
  expect(seen.filter((pair) => !tested.has(pair.join()))).toEqual([]);
});
