import { hasQtScxml } from './qt-scxml.ts';
import { isThere } from './programs.ts';

/** An engine that has to be installed: its name for `--require`, and the packages of Debian that bring it. */
export interface Engine {
  readonly name: string;
  readonly title: string;
  readonly packages: string;
  readonly isInstalled: () => boolean;
}

const hasCompiler = (): boolean => isThere('gcc', '--version');

/** The engines, none of which this project wrote. */
export const engines = {
  rumur: {
    name: 'rumur',
    title: 'Rumur',
    packages: 'rumur gcc libc6-dev',
    isInstalled: () => hasCompiler() && isThere('rumur', '--version'),
  },
  spin: {
    name: 'spin',
    title: 'Spin',
    packages: 'spin gcc libc6-dev',
    isInstalled: () => hasCompiler() && isThere('spin', '-V'),
  },
  qtScxml: {
    name: 'qt-scxml',
    title: 'Qt SCXML',
    packages: 'python3-pyside2.qtscxml',
    isInstalled: hasQtScxml,
  },
  z3: {
    name: 'z3',
    title: 'Z3',
    packages: 'z3',
    isInstalled: () => isThere('z3', '--version'),
  },
  cvc5: {
    name: 'cvc5',
    title: 'cvc5',
    packages: 'cvc5',
    isInstalled: () => isThere('cvc5', '--version'),
  },
} as const satisfies Record<string, Engine>;
