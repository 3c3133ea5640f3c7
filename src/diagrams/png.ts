import { createRequire } from 'node:module';
import { fontFamilies } from './svg.ts';

const fontFiles = ['400Regular/Arimo_400Regular.ttf', '700Bold/Arimo_700Bold.ttf'] as const;

/** The files of the font that the package ships: regular and bold, as absolute paths. */
export function shippedFonts(): readonly string[] {
  const { resolve } = createRequire(import.meta.url);
  return fontFiles.map((file) => resolve(`@expo-google-fonts/arimo/${file}`));
}

/** The picture as PNG, in the shipped font; `zoom` 2 gives twice as many pixels as the SVG has units. */
export async function renderPng(svg: string, zoom = 2): Promise<Uint8Array> {
  // Loaded on use: the rasterizer is native code that those who want text do not need.
  const { Resvg } = await import('@resvg/resvg-js');
  const font = {
    loadSystemFonts: false,
    fontFiles: [...shippedFonts()],
    defaultFontFamily: fontFamilies.split(',')[0]!,
  };
  return new Resvg(svg, { font, fitTo: { mode: 'zoom', value: zoom } }).render().asPng();
}
