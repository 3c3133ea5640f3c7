/** Beginnings of keys of what is followed as a folder although no folder of the API is named; their rest tells which. */
const told = {
  analysis: (rest: string) => `analysis ${rest}, whose folder is not named`,
  session: (rest: string) => `callbacks of session ${rest}`,
  callbacks: (rest: string) => `callbacks of folder ${rest}`,
  flow: () => 'callbacks without a session and a folder',
} as const;

/** What stands in the place of a folder of the API. */
export type StandIn = keyof typeof told;

/** The key of what stands in the place of a folder. */
export function keyOfStandIn(is: StandIn, which: string): string {
  return `${is}:${which}`;
}

/** What the holder of the key is, and what it is called in a report; undefined for a folder of the API. */
export function readStandIn(key: string): { readonly is: StandIn; readonly name: string } | undefined {
  const is = key.slice(0, key.indexOf(':'));
  if (!Object.hasOwn(told, is)) return undefined;
  return { is: is as StandIn, name: told[is as StandIn](key.slice(is.length + 1)) };
}
