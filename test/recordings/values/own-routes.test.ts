import { describe, expect, it } from 'vitest';
import type { OwnRoute } from '../../../src/recordings/values/context.ts';
import { parseRoute, routeLike } from '../../../src/recordings/values/routes.ts';
import { readLines, type Reading } from '../reading.ts';

const folder = (status: string, members: object = {}) => ({
  folder_id: 'f-1',
  resolution_status: status,
  ...members,
});

/** What was read: the statuses of the folder, in order, and the codes of what was found. */
const said = ({ observations, codes }: Reading) => [observations.map((one) => one.resolutionStatus), codes];

describe('a route of somebody’s own', () => {
  const own = (route: string) => [parseRoute(route) as OwnRoute];
  const url = 'https://shop.example/oz-be/getLivenessResult';

  it('is read as what it is said to be', () => {
    const line = { method: 'POST', url, body: { items: [folder('FINISHED')] } };
    expect(said(readLines([line]))).toEqual([[], []]);
    expect(said(readLines([line], { routes: own('POST /oz-be/getLivenessResult=folders') }))).toEqual([
      ['FINISHED'],
      [],
    ]);
    expect(said(readLines([line], { routes: own('GET /oz-be/getLivenessResult=folders') }))).toEqual([
      [],
      [],
    ]);
    expect(said(readLines([line], { routes: own('/getLivenessResult=folders') }))).toEqual([
      ['FINISHED'],
      [],
    ]);
  });

  it('is one however many slashes stand between its parts, as is a documented one', () => {
    const doubled = [
      { method: 'GET', url: 'https://h//api//folders//f-1/', body: folder('INITIAL') },
      { method: 'POST', url: '/shop//getLivenessResult', body: folder('FINISHED') },
    ];
    expect(said(readLines(doubled, { routes: own('/getLivenessResult=folders') }))).toEqual([
      ['INITIAL', 'FINISHED'],
      [],
    ]);
  });

  it.each([
    ['GET /api/v1/folders/*', 'GET /api/v1/folders/{folder_id}=folders'],
    ['POST /v2/Folders/', 'POST /v2/Folders=new-folder'],
    ['POST /x/folders/*/analyses/', 'POST /x/folders/{folder_id}/analyses=new-analyses'],
    ['GET /x/analyses/*', 'GET /x/analyses/{analyse_id}=analyses'],
    ['POST /oz-be/getLivenessResult', 'POST /oz-be/getLivenessResult=folders'],
  ])('is proposed for a request that is left aside: %s', (shown, route) => {
    expect(routeLike(shown)).toBe(route);
    expect(parseRoute(route)).toHaveProperty('answer');
  });

  it('may hold ids in its path, and say that something was created', () => {
    const analyses = [{ analyse_id: 'a-1', state: 'PROCESSING' }];
    const line = { method: 'POST', url: '/shop/checks/f-9/run', body: analyses };
    const { observations } = readLines([line], { routes: own('POST /checks/{folder_id}/run=new-analyses') });
    expect(observations).toMatchObject([{ folderId: 'f-9', wholeGroup: true }]);
  });

  it.each([
    ['', 'METHOD /path=KIND'],
    ['GET /x', 'METHOD /path=KIND'],
    ['GET x=folders', 'METHOD /path=KIND'],
    ['GET /x=folder', 'one of folders, analyses, new-folder, new-analyses after ='],
  ])('is refused where it cannot be one: %s', (route, expected) => {
    expect(parseRoute(route)).toEqual({ expected });
  });

  it('is told of when it is left aside, without ids, names and hosts', () => {
    const { summary } = readLines([
      { method: 'POST', url, body: {} },
      { method: 'POST', url: `${url}?token=secret`, body: {} },
      { method: 'GET', url: 'https://u:p@h.example/users/jane%20doe/8f14e45f/photo', body: {} },
    ]);
    expect([...summary.requests]).toEqual([
      ['POST /oz-be/getLivenessResult', 2],
      ['GET /users/*/*/photo', 1],
    ]);
  });
});
