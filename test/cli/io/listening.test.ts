import { expect, test } from 'vitest';
import { hostInUrl, listenReason } from '../../../src/cli/io/listening.ts';
import { runHere } from '../fake-terminal.ts';

test.each([
  ['EADDRNOTAVAIL', 'this computer has no such address'],
  ['EACCES', 'permission is denied, which ports below 1024 often need'],
  ['ENOTFOUND', 'there is no such host'],
  [
    'ERR_MODULE_NOT_FOUND',
    'the optional packages hono and @hono/node-server are not installed: npm install hono @hono/node-server',
  ],
  ['EMFILE', 'too many files are open'],
  ['EOTHER', 'EOTHER'],
])('says why nothing can listen: %s', (code, reason) => {
  expect(listenReason(Object.assign(new Error('listen'), { code }))).toBe(reason);
});

test.each([
  ['127.0.0.1', '127.0.0.1'],
  ['::1', '[::1]'],
])('writes an address as URLs have it: %s', (host, inUrl) => {
  expect(hostInUrl(host)).toBe(inUrl);
});

// An address of documentation, which no computer has.
test.each([
  ['simulate', '--port'],
  ['monitor', '--listen'],
])('%s names the address of IPv6 that it cannot listen at', async (command, option) => {
  const { code, stderr } = await runHere([command, '--host', '2001:db8::1', option, '0']);
  expect(stderr).toContain(`--host [2001:db8::1], ${option} 0: expected to listen there, but `);
  expect(code).toBe(2);
});
