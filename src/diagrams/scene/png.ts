import { createRequire } from 'node:module';
import { fontFamilies } from './svg.ts';

/** The files of the font that the package ships: regular and bold, as absolute paths. */
export function shippedFonts(): readonly string[] {
  const require = createRequire(import.meta.url);
  return [
    require.resolve('@expo-google-fonts/arimo/400Regular/Arimo_400Regular.ttf'),
    require.resolve('@expo-google-fonts/arimo/700Bold/Arimo_700Bold.ttf'),
  ];
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
