import { resolve } from 'node:path';
import ts from 'typescript';

/** Type-checks the specification with one file exchanged; keeps what it knows between calls. */
export function createCompiler() {
  const files = ts.sys.readDirectory(resolve('machines'), ['.ts']);
  const { config } = ts.readConfigFile('tsconfig.json', (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const changed = new Map();
  let version = 0;
  const service = ts.createLanguageService({
    getScriptFileNames: () => files,
    getScriptVersion: (file) => (changed.has(file) ? `${version}` : '0'),
    getScriptSnapshot: (file) => {
      const text = changed.get(file) ?? ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => process.cwd(),
    getCompilationSettings: () => options,
    getDefaultLibFileName: (each) => ts.getDefaultLibFilePath(each),
    fileExists: (path) => ts.sys.fileExists(path),
    readFile: (path) => ts.sys.readFile(path),
  });
  return (file, text) => {
    changed.clear();
    changed.set(resolve(file), text);
    version += 1;
    return files.every(
      (each) =>
        service.getSyntacticDiagnostics(each).length + service.getSemanticDiagnostics(each).length === 0,
    );
  };
}
