import { join } from 'node:path';
import ts from 'typescript';
import { repository } from './built.ts';

/** Every module of the package is an ES module; a text alone does not tell. */
const emitted = {
  noEmit: false,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
};

/** A TypeScript module as the compiler of the package emits it. */
export function toJavaScript(text: string, fileName: string): string {
  const { config } = ts.readConfigFile(join(repository, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, repository);
  return ts.transpileModule(text, { compilerOptions: { ...options, ...emitted }, fileName }).outputText;
}
