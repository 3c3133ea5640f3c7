import { transformSync } from 'rolldown/utils';

/** As tsconfig.json has the compiler of the package write modules, in a hundredth of its time. */
const options = {
  target: 'es2023',
  tsconfig: false,
  typescript: { onlyRemoveTypeImports: true, rewriteImportExtensions: 'rewrite' },
} as const;

/** A TypeScript module as JavaScript. */
export function toJavaScript(text: string, fileName: string): string {
  const { code, errors } = transformSync(fileName, text, options);
  if (errors.length > 0) throw new SyntaxError(errors.map(({ message }) => message).join('\n'));
  return code;
}
