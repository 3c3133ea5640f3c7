/** The lines from the beginning of an HTML file to the end of its head, of one that runs and loads nothing; `title` is markup. */
export const htmlHead = (title: string, style: string): readonly string[] => [
  '<!doctype html>',
  '<html lang="en">',
  '<head>',
  '<meta charset="utf-8">',
  `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
  '<meta name="viewport" content="width=device-width, initial-scale=1">',
  '<meta name="color-scheme" content="light dark">',
  `<title>${title}</title>`,
  `<style>${style}</style>`,
  '</head>',
];
