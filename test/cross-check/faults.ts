import type { Statechart } from '../../src/diagrams/index.ts';
import type { Blueprint } from '../../src/assurance/export/index.ts';
import { systemRules } from '../../src/explore/readings/field-rules.ts';
import type { Bound } from '../machines/paths/bounded.ts';

/** What the models are made from: the tables, and the machine for the statechart. */
export interface Made {
  readonly blueprint: Blueprint;
  readonly chart: Statechart;
}

/** A fault put into the tables: each engine has to notice it. */
export interface Fault {
  readonly name: string;
  readonly plant: (made: Made) => Made;
  /** Traces of this bound show it. */
  readonly bound: Bound;
}

const withTables = ({ blueprint, chart }: Made, change: Partial<Blueprint>): Made => ({
  blueprint: { ...blueprint, ...change },
  chart,
});

/** The faults, each in another table of the specification. */
export const faults: readonly Fault[] = [
  {
    name: 'DECLINED and OPERATOR_REQUIRED change places in the order of severity',
    plant: (made) => {
      const { settings, fields } = made.blueprint;
      const order = made.blueprint.order.map((status) =>
        status === 'DECLINED' ? 'OPERATOR_REQUIRED' : status === 'OPERATOR_REQUIRED' ? 'DECLINED' : status,
      );
      const system_resolution = { ...fields.system_resolution, rules: systemRules(settings.reading, order) };
      return withTables(made, { order, fields: { ...fields, system_resolution } });
    },
    bound: { groups: 1, size: 2, kinds: 'each' },
  },
  {
    name: 'only the newest group is asked whether anything runs',
    plant: (made) => {
      const { fields } = made.blueprint;
      const newestOnly = <R extends Blueprint['fields'][keyof Blueprint['fields']]['rules'][number]>(
        rule: R,
      ): R => ({
        ...rule,
        when: rule.when.map((one) =>
          one.scope === 'folder' && one.holds === 'PROCESSING' ? { ...one, scope: 'last-applied' } : one,
        ),
      });
      const { resolution_status: status, system_resolution: result } = fields;
      return withTables(made, {
        fields: {
          resolution_status: { ...status, rules: status.rules.map(newestOnly) },
          system_resolution: { ...result, rules: result.rules.map(newestOnly) },
        },
      });
    },
    bound: { groups: 2, size: 1, kinds: 'each' },
  },
  {
    name: 'the legal move of resolution_status from PROCESSING to FAILED is missing',
    plant: ({ blueprint, chart }) => {
      const { resolution_status: status } = blueprint.fields;
      const moves = status.moves.filter(({ from, to }) => !(from === 'PROCESSING' && to === 'FAILED'));
      const region = `${chart.id}.resolution_status`;
      const transitions = chart.transitions.filter(
        ({ source, targets }) => !(source === `${region}.PROCESSING` && targets[0] === `${region}.FAILED`),
      );
      return {
        blueprint: { ...blueprint, fields: { ...blueprint.fields, resolution_status: { ...status, moves } } },
        chart: { ...chart, transitions },
      };
    },
    bound: { groups: 1, size: 1, kinds: 'each' },
  },
  {
    name: 'liveness may need an operator',
    plant: (made) =>
      withTables(made, {
        steps: made.blueprint.steps.map((step) =>
          step.to === 'OPERATOR_REQUIRED' ? { ...step, kinds: ['liveness', 'other'] } : step,
        ),
      }),
    bound: { groups: 1, size: 1, kinds: 'each' },
  },
];
