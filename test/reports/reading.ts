import sarifSchema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv, type ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { JSDOM } from 'jsdom';
import { marked } from 'marked';

/** Readers of the formats, as those who receive a report have them. */

const { window } = new JSDOM('');
const parser = new window.DOMParser();

/** XML as a parser reads it; throws where it is not well-formed. */
export function readXml(text: string): Document {
  const document = parser.parseFromString(text, 'application/xml');
  const error = document.querySelector('parsererror');
  if (error) throw new Error(`not well-formed: ${error.textContent}`);
  return document;
}

/** HTML as a browser reads it. */
export const readHtml = (text: string): Document => parser.parseFromString(text, 'text/html');

/** Markdown as GitHub reads it, rendered. */
export const readMarkdown = (text: string): Document =>
  readHtml(marked.parse(text, { gfm: true, async: false }));

// The package names draft 4 of JSON Schema, but uses nothing that later drafts read otherwise.
const { $schema: _draft, id: _id, ...schema } = sarifSchema;
let validate: ValidateFunction | undefined;

/** What the official schema says against a SARIF log. */
export function sarifProblems(log: unknown): unknown {
  validate ??= formats.default(new Ajv({ strict: false, unicodeRegExp: false })).compile(schema);
  return validate(log) ? [] : validate.errors;
}

/** What the tests look at in a SARIF log. */
export interface Sarif {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { id: string; helpUri?: string }[] } };
      readonly invocations: readonly [
        { readonly exitCode: number; readonly toolExecutionNotifications: readonly { level: string }[] },
      ];
      readonly results: readonly SarifResult[];
    },
  ];
}

interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation?: {
      readonly artifactLocation: { readonly uri: string };
      readonly region?: object;
    };
    readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
  }[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
}

/** A workflow command as the runner of GitHub reads it. */
export interface WorkflowCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

const unescaped = (text: string) =>
  text
    .replaceAll('%3A', ':')
    .replaceAll('%2C', ',')
    .replaceAll('%0D', '\r')
    .replaceAll('%0A', '\n')
    .replaceAll('%25', '%');

/** The workflow commands in a log: what the runner would carry out. */
export function workflowCommands(log: string): WorkflowCommand[] {
  return log
    .split(/\r\n|\r|\n/)
    .map((line) => /^\s*::([^\s:]+)(?: (.*?))?::(.*)$/u.exec(line))
    .filter((match) => match !== null)
    .map(([, name = '', properties = '', message = '']) => ({
      name,
      message: unescaped(message),
      properties: Object.fromEntries(
        properties.split(',').map((property) => {
          const [key = '', ...value] = property.split('=');
          return [key, unescaped(value.join('='))];
        }),
      ),
    }));
}

/** Whether a log holds what the runners of Azure, or of GitHub in its older form, take for a command. */
export const holdsHashCommand = (log: string): boolean => /##\w*\[/.test(log);
