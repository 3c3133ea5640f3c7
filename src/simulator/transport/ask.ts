import type { Ask, Content } from './answer.ts';

/** The usual limit on a body in bytes. */
export const usualMaxBody = 1_000_000;

/** The deepest JSON that is read. */
const maxDepth = 64;

/** The name that a container has among media: what it holds is not looked at. */
const containerName = 'container';

const nothing: Content = { is: 'nothing' };
const unreadable = (problem: string, status = 400): Content => ({ is: 'unreadable', problem, status });

/** Reads a request; what is wrong with its body is part of the result. */
export async function askOf(request: Request, maxBody: number): Promise<Ask> {
  const { method, url } = request;
  const start = url.indexOf('/', url.indexOf('//') + 2);
  const path = start < 0 ? '/' : url.slice(start);
  // Merely to look for the body of a GET would cost some servers as much as all the rest.
  const hasNone = method === 'GET' || method === 'HEAD' || request.body === null;
  const content = hasNone ? nothing : await contentOf(request, maxBody);
  return { method, url, path, token: request.headers.get('x-forensic-access-token'), content };
}

async function contentOf(request: Request, maxBody: number): Promise<Content> {
  const bytes = request.body ? await bytesOf(request.body, maxBody) : await bytesAtOnce(request, maxBody);
  if (bytes === 'too large') return unreadable(`expected a body of at most ${maxBody} bytes`, 413);
  if (bytes === 'broken') return unreadable('expected a whole body, received a part of one');
  if (bytes.length === 0) return nothing;
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity')
    return unreadable(`content-encoding: expected none, received ${encoding.slice(0, 60)}`, 415);
  const type = request.headers.get('content-type') ?? '';
  if (/^multipart\/form-data/i.test(type)) return formContent(bytes, type);
  if (/^application\/octet-stream/i.test(type)) return containerContent;
  if (type === '' || /^(?:application\/(?:[\w.-]+\+)?json|text\/plain)/i.test(type))
    return jsonContent(bytes);
  return unreadable(`expected JSON, a form with files or a container, received ${type.slice(0, 60)}`, 415);
}

/** What a container is taken for: one medium, and a liveness analysis of it. */
const containerContent: Content = {
  is: 'json',
  value: { analyses: [{ type: 'quality' }] },
  files: [containerName],
};

/** The body where a request does not show its stream, as in some browsers. */
async function bytesAtOnce(request: Request, maxBody: number): Promise<Uint8Array | 'too large' | 'broken'> {
  try {
    const bytes = new Uint8Array(await request.arrayBuffer());
    return bytes.length > maxBody ? 'too large' : bytes;
  } catch {
    return 'broken';
  }
}

async function bytesOf(
  body: ReadableStream<Uint8Array>,
  maxBody: number,
): Promise<Uint8Array | 'too large' | 'broken'> {
  const reader = body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      size += value.length;
      if (size > maxBody) {
        await reader.cancel();
        return 'too large';
      }
      chunks.push(value);
    }
  } catch {
    return 'broken';
  }
  const [only] = chunks;
  if (only && chunks.length === 1) return only;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function jsonContent(bytes: Uint8Array): Content {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return unreadable('expected UTF-8');
  }
  return parsedContent(text, []);
}

function parsedContent(text: string, files: readonly string[]): Content {
  if (depthOf(text) > maxDepth) return unreadable(`expected JSON of at most ${maxDepth} levels`);
  try {
    return { is: 'json', value: JSON.parse(text) as unknown, files };
  } catch {
    return unreadable('expected JSON, received something else');
  }
}

/** How deep brackets stand in each other, those in texts not counted. */
function depthOf(text: string): number {
  let [depth, most, inText] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const letter = text.charCodeAt(at);
    if (inText) {
      if (letter === 92) at += 1;
      else if (letter === 34) inText = false;
    } else if (letter === 34) inText = true;
    else if (letter === 91 || letter === 123) most = Math.max(most, ++depth);
    else if (letter === 93 || letter === 125) depth -= 1;
  }
  return most;
}

/** A form: its part `payload` is the JSON, every file in it is a medium. */
async function formContent(bytes: Uint8Array, type: string): Promise<Content> {
  let form: FormData;
  try {
    form = await new Response(bytes as Uint8Array<ArrayBuffer>, {
      headers: { 'content-type': type },
    }).formData();
  } catch {
    return unreadable('expected a form with files, received something else');
  }
  const files: string[] = [];
  let payload = '{}';
  for (const [name, part] of form) {
    if (typeof part !== 'string') files.push(part.name);
    else if (name === 'payload') payload = part;
  }
  return parsedContent(payload, files);
}
