import { alphabetOf, documentedKinds, type Field } from '../../../machines/index.ts';
import { apiRoutes } from '../routes/api.ts';
import { listQueries } from '../routes/list.ts';
import { errorCodes } from '../transport/answer.ts';

/** A schema of JSON Schema 2020-12. */
type Schema = Readonly<Record<string, unknown>>;

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const text: Schema = { type: 'string' };
const list = (items: Schema): Schema => ({ type: 'array', items });

/** A schema of an object, of which all members but the optional ones have to be there, and no others. */
function object(properties: Readonly<Record<string, Schema>>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}

const statusOf = (field: Field, description: string): Schema => ({
  type: 'string',
  enum: alphabetOf(field),
  description,
});

const wantedAnalysis = {
  type: 'object',
  properties: {
    type: {
      type: 'string',
      minLength: 1,
      maxLength: 100,
      description: `A kind of analysis, such as ${documentedKinds.map((kind) => kind.toLowerCase()).join(', ')}.`,
    },
    source_media: list(text),
  },
  required: ['type'],
} as const;

const schemas: Readonly<Record<string, Schema>> = {
  Analysis: object(
    {
      analyse_id: text,
      folder_id: text,
      group_id: { ...text, description: 'An extension of the simulator: no key for groups is documented.' },
      type: text,
      state: statusOf('analyse.state', 'How far the analysis has come.'),
      resolution_status: statusOf(
        'analyse.resolution_status',
        'Its result, or its state while there is none.',
      ),
      resolution: statusOf('analyse.resolution_status', 'The same as resolution_status.'),
      results_data: { type: ['object', 'null'], additionalProperties: { type: 'number' } },
      results_media: list({}),
      source_media: list(ref('Medium')),
    },
    ['group_id'],
  ),
  Medium: object({ media_id: text, original_name: text }),
  Folder: object(
    {
      folder_id: text,
      resolution_status: statusOf('folder.resolution_status', 'How far the work on the folder has come.'),
      system_resolution: statusOf('system_resolution', 'The result of the folder.'),
      meta_data: { type: 'object' },
      media: list(ref('Medium')),
      time_created: { type: 'integer', description: 'In milliseconds.' },
      time_updated: { type: 'integer', description: 'In milliseconds.' },
      analyses: list(ref('Analysis')),
    },
    ['analyses'],
  ),
  Folders: object({ items: list(ref('Folder')), total: { type: 'integer' } }),
  Analyses: list(ref('Analysis')),
  Media: list(ref('Medium')),
  SessionToken: object({ session_token: text }),
  Tokens: object({ access_token: text, expire_date: { type: 'integer' }, expire_token: text }),
  Error: object({
    error_code: {
      type: 'integer',
      enum: Object.values(errorCodes).map(({ code }) => code),
      description: Object.values(errorCodes)
        .map(({ code, about }) => `${code}: ${about}`)
        .join('; '),
    },
    error_message: text,
    details: {},
  }),
  NewFolder: {
    type: 'object',
    properties: {
      meta_data: { type: 'object' },
      media: list({
        anyOf: [text, { type: 'object', properties: { original_name: text }, required: ['original_name'] }],
      }),
      analyses: list(wantedAnalysis),
    },
  },
  NewGroup: {
    type: 'object',
    properties: { analyses: { ...list(wantedAnalysis), minItems: 1 } },
    required: ['analyses'],
  },
  NewMedia: { type: 'object', properties: { media: { ...list(text), minItems: 1 } }, required: ['media'] },
  Refresh: { type: 'object', properties: { expire_token: text }, required: ['expire_token'] },
};

interface Operation {
  readonly summary: string;
  /** The schema of the body that it takes, and whether this may be a form or a container. */
  readonly takes?: string;
  readonly files?: true;
  readonly status: number;
  /** The schema of its answer; absent: it has no body. */
  readonly gives?: string;
}

const operations: Readonly<Record<string, Operation>> = {
  'GET /api/folders': { summary: 'List folders.', status: 200, gives: 'Folders' },
  'POST /api/folders': {
    summary: 'Create a folder, with media and analyses or without.',
    takes: 'NewFolder',
    files: true,
    status: 201,
    gives: 'Folder',
  },
  'POST /api/instant/folders': {
    summary: 'Analyse at once and keep nothing.',
    takes: 'NewGroup',
    files: true,
    status: 200,
    gives: 'Folder',
  },
  'GET /api/folders/{folder_id}': { summary: 'Read a folder.', status: 200, gives: 'Folder' },
  'DELETE /api/folders/{folder_id}': { summary: 'Forget a folder.', status: 204 },
  'GET /api/folders/{folder_id}/analyses': {
    summary: 'Read the analyses of a folder.',
    status: 200,
    gives: 'Analyses',
  },
  'POST /api/folders/{folder_id}/analyses': {
    summary: 'Start a group of analyses.',
    takes: 'NewGroup',
    status: 201,
    gives: 'Analyses',
  },
  'POST /api/folders/{folder_id}/media': {
    summary: 'Add media to a folder.',
    takes: 'NewMedia',
    files: true,
    status: 201,
    gives: 'Media',
  },
  'GET /api/analyses/{analyse_id}': { summary: 'Read an analysis.', status: 200, gives: 'Analysis' },
  'GET /api/authorize/session_token': {
    summary: 'Get a token for the web plugin.',
    status: 200,
    gives: 'SessionToken',
  },
  'POST /api/authorize/refresh': {
    summary: 'Renew an access token.',
    takes: 'Refresh',
    status: 200,
    gives: 'Tokens',
  },
};

const content = (name: string): Schema => ({ 'application/json': { schema: ref(name) } });

function bodyOf({ takes, files }: Operation): Schema {
  if (takes === undefined) return {};
  const form = { type: 'object', properties: { payload: { ...text, contentMediaType: 'application/json' } } };
  const others = files
    ? { 'multipart/form-data': { schema: form }, 'application/octet-stream': { schema: {} } }
    : {};
  return { requestBody: { required: takes !== 'NewFolder', content: { ...content(takes), ...others } } };
}

function parametersOf(path: string, method: string): readonly Schema[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string', minLength: 1 },
  }));
  if (method !== 'GET' || path.includes('authorize') || path.includes('analys')) return inPath;
  const names = path === '/api/folders' ? listQueries : ['with_analyses'];
  return [...inPath, ...names.map((name) => ({ name, in: 'query', schema: text }))];
}

function operationOf(path: string, method: string): Schema {
  const operation = operations[`${method} ${path}`];
  if (!operation) throw new Error(`${method} ${path}: expected an operation in the contract`);
  const { summary, status, gives } = operation;
  const name = `${method.toLowerCase()}${path.replace(/^\/api/, '').replace(/[/{}_]+(\w?)/g, (_, letter: string) => letter.toUpperCase())}`;
  return {
    operationId: name,
    summary,
    parameters: parametersOf(path, method),
    ...bodyOf(operation),
    responses: {
      [status]: { description: summary, ...(gives === undefined ? {} : { content: content(gives) }) },
      default: { description: 'An error of the request.', content: content('Error') },
    },
  };
}

/** The contract of the simulator as OpenAPI 3.1: its routes, with the alphabets of the specification. */
export function openApi(): Schema {
  const paths = Object.fromEntries(
    Object.entries(apiRoutes).map(([path, methods]) => [
      // As clients write them: the last stroke may be left out.
      /\}$|token$|refresh$/.test(path) ? path : `${path}/`,
      Object.fromEntries(methods.map((method) => [method.toLowerCase(), operationOf(path, method)])),
    ]),
  );
  return {
    openapi: '3.1.0',
    info: {
      title: 'Simulator of the Oz API',
      version: '1.0.0',
      description:
        'What the simulator of oz-status-spec takes and answers. It follows what is publicly documented; the vendor’s own contract is elsewhere.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'A base URL of a session.' }],
    security: [{}, { token: [] }],
    paths,
    components: {
      schemas,
      securitySchemes: { token: { type: 'apiKey', in: 'header', name: 'X-Forensic-Access-Token' } },
    },
  };
}
