import type { Settings } from '../../../machines/readings.ts';
import type { MachineName } from '../../diagrams/facts/machine-document.ts';
import type { ModelSize } from '../../assurance/export/blueprint.ts';

/** What is exported, as far as a format takes it. */
export interface ExportOrder extends ModelSize {
  readonly settings: Settings;
  readonly machine: MachineName;
}

/** The options that not every format takes. */
export const exportDetails = ['reading', 'operator-required', 'machine', 'groups', 'analyses'] as const;
/** One of them. */
export type ExportDetail = (typeof exportDetails)[number];

/** One language in which the specification can be had. */
export interface ExportFormat {
  readonly about: string;
  readonly takes: readonly ExportDetail[];
  /** Loads what only this format needs. */
  load(): Promise<(order: ExportOrder) => string>;
}

const judging = ['reading', 'operator-required'] as const;

/** The languages of `export` by name, in the order of the help. */
export const exportFormats: Readonly<Record<string, ExportFormat>> = {
  scxml: {
    about:
      'a machine as a W3C statechart with an ECMAScript datamodel, for any number of groups and analyses',
    takes: [...judging, 'machine'],
    load: async () => {
      const { blueprintOf, chartOf, scxmlDocument } = await import('../../assurance/export/index.ts');
      return ({ machine, settings }) => scxmlDocument(chartOf(machine, settings), blueprintOf(settings));
    },
  },
  promela: {
    about: 'a folder of a given size for the model checker Spin',
    takes: [...judging, 'groups', 'analyses'],
    load: async () => {
      const { blueprintOf, promelaModel } = await import('../../assurance/export/index.ts');
      return ({ settings, ...size }) => promelaModel(blueprintOf(settings), size);
    },
  },
  murphi: {
    about: 'a folder of a given size for the model checker Rumur',
    takes: [...judging, 'groups', 'analyses'],
    load: async () => {
      const { blueprintOf, murphiModel } = await import('../../assurance/export/index.ts');
      return ({ settings, ...size }) => murphiModel(blueprintOf(settings), size);
    },
  },
  sql: {
    about:
      'a query for a warehouse that selects the folders to check, for DuckDB, ClickHouse, Spark and Trino',
    takes: judging,
    load: async () => {
      const { warehouseFilter } = await import('../../assurance/export/index.ts');
      return ({ settings }) => warehouseFilter(settings);
    },
  },
  smtlib: {
    about:
      'what is proved about a folder of any size, under every reading and setting at once, for an SMT solver',
    takes: [],
    load: async () => {
      const { smtlibText } = await import('../../assurance/prove/index.ts');
      return () => smtlibText();
    },
  },
};

/** The formats that take an option, in words. */
export function formatsTaking(detail: ExportDetail): string {
  const taking = Object.entries(exportFormats).filter(([, { takes }]) => takes.includes(detail));
  const names = taking.map(([name]) => name);
  return [names.slice(0, -1).join(', '), ...names.slice(-1)].filter((part) => part !== '').join(' and ');
}
