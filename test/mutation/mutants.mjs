import { readFileSync } from 'node:fs';
import ts from 'typescript';

/**
 * One wrong change of the specification.
 * @typedef {{ kind: string, label: string, file: string, start: number, end: number, text: string }} Mutant
 */

const lineOf = (source, node) => source.getLineAndCharacterOfPosition(node.getStart()).line + 1;

/** @returns {ts.Node[]} every node below `node`, itself included, that `is` accepts */
function all(node, is) {
  const found = is(node) ? [node] : [];
  ts.forEachChild(node, (child) => {
    found.push(...all(child, is));
  });
  return found;
}

const nameOf = (node) => node.name?.text ?? node.name?.getText() ?? '';
const property = (object, name) =>
  object.properties.find((each) => ts.isPropertyAssignment(each) && nameOf(each) === name);
const textOf = (object, name) => property(object, name)?.initializer.text;
const shortened = (node) => node.getText().replace(/\s+/g, ' ').slice(0, 60);

/** The value of a constant, without `as const` and `satisfies`. */
function constant(source, name) {
  const [declaration] = all(source, (node) => ts.isVariableDeclaration(node) && nameOf(node) === name);
  let value = declaration?.initializer;
  while (value && (ts.isAsExpression(value) || ts.isSatisfiesExpression(value))) value = value.expression;
  if (!value) throw new Error(`${source.fileName} has no constant ${name}: the trial is out of date`);
  return value;
}

/** Collects the mutants of one source file. */
class Finder {
  /** @param {string} file */
  constructor(file) {
    this.file = file;
    this.source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
    /** @type {Mutant[]} */
    this.found = [];
  }

  replace(kind, node, text, what) {
    const label = `${this.file}:${lineOf(this.source, node)} ${what}`;
    this.found.push({ kind, label, file: this.file, start: node.getStart(), end: node.getEnd(), text });
  }

  /** Removes an element or property together with the comma after it. */
  remove(kind, node, what) {
    const rest = this.source.text.slice(node.getEnd());
    const comma = /^\s*,/.exec(rest)?.[0].length ?? 0;
    const label = `${this.file}:${lineOf(this.source, node)} ${what}`;
    this.found.push({
      kind,
      label,
      file: this.file,
      start: node.getStart(),
      end: node.getEnd() + comma,
      text: '',
    });
  }

  /** Every move removed, every condition of a move dropped, every pair that is not listed added. */
  moves(name, alphabet) {
    const list = constant(this.source, name);
    const pairs = new Set();
    for (const move of list.elements) {
      const pair = `${textOf(move, 'from')} -> ${textOf(move, 'to')}`;
      pairs.add(pair);
      this.remove('legal move removed', move, `${name}: ${pair}`);
      const under = property(move, 'under');
      if (!under) continue;
      this.remove('condition of a move dropped', under, `${name}: ${pair}`);
      if (!ts.isArrayLiteralExpression(under.initializer) || under.initializer.elements.length < 2) continue;
      for (const alternative of under.initializer.elements) {
        this.remove(
          'alternative of a condition removed',
          alternative,
          `${name}: ${pair}, ${shortened(alternative)}`,
        );
      }
    }
    const first = list.elements[0];
    for (const from of alphabet) {
      for (const to of alphabet) {
        if (from === to || pairs.has(`${from} -> ${to}`)) continue;
        const added = `{ from: '${from}', to: '${to}', clauses: ['FOLDER-STAGE'] },\n  ${first.getText()}`;
        this.replace('illegal move added', first, added, `${name}: ${from} -> ${to}`);
      }
    }
  }

  /** Every answer in a named condition removed. */
  conditions() {
    const isCondition = (node) =>
      ts.isPropertyAssignment(node) &&
      /^[a-z]+(-[a-z]+)+$/.test(nameOf(node)) &&
      ts.isArrayLiteralExpression(node.initializer);
    for (const condition of all(this.source, isCondition)) {
      this.remove('question of a condition removed', condition, shortened(condition));
      if (condition.initializer.elements.length < 2) continue;
      for (const answer of condition.initializer.elements) {
        this.remove('answer of a condition removed', answer, `${nameOf(condition)}: ${answer.text}`);
      }
    }
  }

  /** Every guard always true and always false. */
  guards() {
    for (const guards of all(
      this.source,
      (node) => ts.isPropertyAssignment(node) && nameOf(node) === 'guards',
    )) {
      for (const guard of guards.initializer.properties) {
        for (const value of ['true', 'false']) {
          this.replace(
            'guard is constant',
            guard.initializer,
            `() => ${value}`,
            `'${nameOf(guard)}' is ${value}`,
          );
        }
      }
    }
  }

  /** Every transition removed. */
  transitions() {
    for (const on of all(this.source, (node) => ts.isPropertyAssignment(node) && nameOf(node) === 'on')) {
      for (const object of all(on.initializer, ts.isObjectLiteralExpression)) {
        for (const each of object.properties) {
          if (ts.isSpreadAssignment(each)) this.remove('transition removed', each, shortened(each));
          if (/^(analysis|group|operator)[.]/.test(nameOf(each)))
            this.remove('transition removed', each, nameOf(each));
        }
      }
      for (const list of all(on.initializer, ts.isArrayLiteralExpression)) {
        for (const each of list.elements) {
          if (ts.isObjectLiteralExpression(each) || ts.isCallExpression(each)) {
            this.remove('transition removed', each, shortened(each));
          }
        }
      }
    }
  }

  /** Every comparison with an answer made constant, every choice by a reading made once for all. */
  answers() {
    const asks = (node) => /reading\['/.test(node.getText());
    for (const node of all(this.source, (each) => ts.isBinaryExpression(each) && asks(each.left))) {
      if (node.operatorToken.kind !== ts.SyntaxKind.EqualsEqualsEqualsToken) continue;
      for (const value of ['true', 'false']) {
        this.replace('answer ignored', node, `(${value} as boolean)`, `${shortened(node)} is ${value}`);
      }
    }
    for (const node of all(this.source, (each) => ts.isSwitchStatement(each) && asks(each.expression))) {
      for (const clause of node.caseBlock.clauses) {
        const answer = `${clause.expression.getText()} as ${typeOf(node.expression)}`;
        this.replace(
          'answer ignored',
          node.expression,
          answer,
          `${shortened(node.expression)} is ${clause.expression.getText()}`,
        );
      }
    }
  }

  /** Every cell of the table removed, every empty one filled. */
  cells(statuses) {
    for (const column of constant(this.source, 'statusTable').properties) {
      for (const status of statuses) {
        const cell = property(column.initializer, status);
        const what = `${nameOf(column)} ${status}`;
        if (cell) this.remove('cell removed', cell, what);
        else {
          const first = column.initializer.properties[0];
          this.replace('cell filled', first, `${status}: { meaning: 'wrong' }, ${first.getText()}`, what);
        }
      }
    }
  }

  /** Neighbours in the order of severity swapped. */
  order() {
    const { elements } = constant(this.source, 'printedOrder');
    for (const [at, left] of elements.entries()) {
      const right = elements[at + 1];
      if (!right) continue;
      this.found.push({
        kind: 'ranks swapped',
        label: `${this.file}:${lineOf(this.source, left)} ${left.text} and ${right.text}`,
        file: this.file,
        start: left.getStart(),
        end: right.getEnd(),
        text: `'${right.text}', '${left.text}'`,
      });
    }
  }

  /** Comparisons, conjunctions, negations and quantifiers turned round. */
  logic() {
    const turned = { '===': '!==', '!==': '===', '&&': '||', '||': '&&', '<': '<=' };
    for (const node of all(this.source, ts.isBinaryExpression)) {
      const other = turned[node.operatorToken.getText()];
      if (other) this.replace('logic turned', node.operatorToken, other, `${shortened(node)} with ${other}`);
    }
    for (const node of all(this.source, ts.isPrefixUnaryExpression)) {
      if (node.operator === ts.SyntaxKind.ExclamationToken) {
        this.replace('logic turned', node, node.operand.getText(), `${shortened(node)} not negated`);
      }
    }
    for (const node of all(this.source, ts.isPropertyAccessExpression)) {
      const other = { some: 'every', every: 'some' }[node.name.text];
      if (other) this.replace('logic turned', node.name, other, `${shortened(node)} with ${other}`);
    }
    for (const node of all(this.source, ts.isPrefixUnaryExpression)) {
      if (node.getText() === '-1')
        this.replace('logic turned', node, '0', `${shortened(node.parent)} with 0`);
    }
  }
}

const typeOf = (expression) => `Reading['${expression.argumentExpression.text}']`;

const statuses = ['INITIAL', 'PROCESSING', 'FAILED', 'FINISHED', 'DECLINED', 'OPERATOR_REQUIRED', 'SUCCESS'];
const without = (...some) => statuses.filter((status) => !some.includes(status));

/** Every mutant of the specification, file by file. @returns {Mutant[]} */
export function findMutants() {
  const find = (file, collect) => {
    const finder = new Finder(file);
    collect(finder);
    return finder.found;
  };
  return [
    ...find('machines/folder/moves.ts', (finder) => {
      finder.moves('statusMoves', ['INITIAL', 'PROCESSING', 'FAILED', 'FINISHED']);
      finder.moves('systemMoves', without('FINISHED'));
      finder.conditions();
    }),
    ...find('machines/group/machine.ts', (finder) => {
      finder.moves('groupMoves', without('INITIAL', 'FINISHED'));
      finder.conditions();
    }),
    ...['analysis', 'group', 'folder'].flatMap((name) => [
      ...find(`machines/${name}/machine.ts`, (finder) => {
        finder.guards();
        finder.transitions();
      }),
      ...find(`machines/${name}/model.ts`, (finder) => {
        finder.answers();
        finder.logic();
      }),
    ]),
    ...find('machines/severity.ts', (finder) => {
      finder.order();
      finder.answers();
      finder.logic();
    }),
    ...find('machines/readings.ts', (finder) => finder.logic()),
    ...find('machines/statuses.ts', (finder) => {
      finder.cells(statuses);
      finder.logic();
    }),
  ];
}
