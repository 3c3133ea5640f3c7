import { createHash } from 'node:crypto';

/** A page as it is served: its HTML and the policy in its head lines. */
export interface ServedPage {
  readonly html: string;
  readonly policy: string;
}

const policyElement = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/;

/**
 * The page of the reviewer as the server gives it: with the policy that it has as a file, but that it may ask this
 * server. Null if the file is not that page.
 */
export function livePage(file: string): ServedPage | null {
  const policy = policyElement.exec(file)?.[1];
  if (policy === undefined) return null;
  return {
    html: file.replace(policyElement, '<meta name="oz-status-live" content="stream">'),
    policy: `${policy}; connect-src 'self'; frame-ancestors 'none'`,
  };
}

/**
 * Passes what the server tells on to an inspector in a frame. That one says when it listens; sessions are told apart
 * by their source, and microsteps are not in its protocol.
 */
const bridge = `
const frame = document.querySelector('iframe');
const origin = new URL(frame.src).origin;
let kept = [];
let listens = false;
const pass = (record) => frame.contentWindow.postMessage(record, origin);
addEventListener('message', ({ data, source }) => {
  if (source !== frame.contentWindow || data?.type !== '@statelyai.connected') return;
  listens = true;
  kept.forEach(pass);
  kept = [];
});
const stream = new EventSource('stream');
stream.addEventListener('start', () => { kept = []; });
stream.addEventListener('message', ({ data }) => {
  const record = JSON.parse(data);
  if (record.type === '@xstate.microstep') return;
  const named = (id) => id && (record.source ?? '') + ':' + id;
  const ids = ['sessionId', 'rootId', 'parentId', 'sourceId'].map((key) => [key, named(record[key])]);
  const message = { id: null, _version: '0.7.2', ...record, ...Object.fromEntries(ids) };
  if (listens) pass(message);
  else kept.push(message);
});
`;

const style = 'html, body, iframe { width: 100%; height: 100%; margin: 0; border: 0; display: block }';

/** A page that shows an inspector of another origin, and gives it what this server is told. */
export function hostedPage(inspector: URL): ServedPage {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  const source = inspector.href.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  return {
    html: `<!doctype html>
<html lang="en">
<title>Inspector at ${inspector.host}</title>
<style>${style}</style>
<iframe src="${source}" title="Inspector at ${inspector.host}"></iframe>
<script>${bridge}</script>
</html>
`,
    policy: [
      `default-src 'none'`,
      `script-src ${hash(bridge)}`,
      `style-src ${hash(style)}`,
      `frame-src ${inspector.origin}`,
      `connect-src 'self'`,
      `base-uri 'none'`,
      `form-action 'none'`,
      `frame-ancestors 'none'`,
    ].join('; '),
  };
}
