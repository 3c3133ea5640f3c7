import { describe, expect, it } from 'vitest';
import { readLines, readText } from '../reading.ts';

const analysis = { analyse_id: 'a1', type: 'QUALITY', state: 'FINISHED', resolution_status: 'SUCCESS' };

describe('a folder object', () => {
  it('states its fields, its id and its analyses with their pointers', () => {
    const { observations } = readLines([
      { folder_id: 'f1', resolution_status: 'FINISHED', system_resolution: 'SUCCESS', analyses: [analysis] },
    ]);
    expect(observations).toEqual([
      {
        folder: 'folder:f1',
        folderId: 'f1',
        resolutionStatus: 'FINISHED',
        systemResolution: 'SUCCESS',
        analyses: [
          {
            id: 'a1',
            kind: 'QUALITY',
            state: 'FINISHED',
            resolutionStatus: 'SUCCESS',
            pointer: '/analyses/0',
          },
        ],
        complete: true,
        wholeGroup: false,
        where: { file: 'sample', line: 1, pointer: '' },
      },
    ]);
  });

  it('says nothing by its media: those alone are no analyses [FOLDER-HOLDS-MEDIA]', () => {
    const folder = { folder_id: 'f1', resolution_status: 'INITIAL', system_resolution: 'INITIAL' };
    const media = [{ media_id: 'm1', resolution_status: 'SUCCESS' }, { analyses: [analysis] }];
    const [withMedia, without] = [readLines([{ ...folder, media }]), readLines([folder])];
    expect(withMedia.observations).toMatchObject([{ resolutionStatus: 'INITIAL', analyses: [] }]);
    expect(withMedia).toEqual(without);
  });

  it('says nothing by null', () => {
    const { observations, findings } = readLines([
      { folder_id: 'f1', resolution_status: null, system_resolution: null, analyses: null },
    ]);
    expect(observations[0]).not.toHaveProperty('resolutionStatus');
    expect(observations[0]).not.toHaveProperty('systemResolution');
    expect(observations[0]).toMatchObject({ analyses: [], complete: false });
    expect(findings).toEqual([]);
  });

  it('passes on a status that no field knows, as received', () => {
    const { observations } = readLines([{ folder_id: 'f1', system_resolution: 'Done ' }]);
    expect(observations[0]?.systemResolution).toBe('Done ');
  });

  it('loses only the field that is of another type, which is a finding with its pointer', () => {
    const { observations, findings } = readLines([
      [{ folder_id: 'f1', resolution_status: 3, system_resolution: 'SUCCESS' }],
    ]);
    expect(observations[0]).toMatchObject({ folderId: 'f1', systemResolution: 'SUCCESS' });
    expect(observations[0]).not.toHaveProperty('resolutionStatus');
    expect(findings).toMatchObject([
      {
        code: 'FIELD_UNREADABLE',
        severity: 'unreadable',
        where: { file: 'sample', line: 1, pointer: '/0/resolution_status' },
        message: 'expected resolution_status to be a string, received a number',
      },
    ]);
  });

  it('does not take an empty list for a complete one unless it was asked for', () => {
    const empty = { folder_id: 'f1', resolution_status: 'INITIAL', analyses: [] };
    const asked = (query: string) => ({
      method: 'GET',
      url: `/api/folders/f1${query}`,
      status: 200,
      body: empty,
    });
    const { observations } = readLines([
      empty,
      asked(''),
      asked('?with_analyses=true'),
      asked('/?x=1&with_analyses=True'),
      asked('?with_analyses=1'),
      asked('?with_analyses=false'),
    ]);
    expect(observations.map(({ complete }) => complete)).toEqual([false, false, true, true, true, false]);
  });

  it('is not complete where one of its analyses could not be read', () => {
    const { observations, codes } = readLines([
      { folder_id: 'f1', analyses: [analysis, { type: 'BIOMETRY' }, 7] },
    ]);
    expect(observations).toMatchObject([{ complete: false, analyses: [{ id: 'a1' }] }]);
    expect(codes).toEqual(['ID_MISSING', 'FIELD_UNREADABLE']);
  });

  it('keeps its fields where its analyses are no list', () => {
    const { observations, findings } = readLines([
      { folder_id: 'f1', system_resolution: 'FAILED', analyses: 'none' },
    ]);
    expect(observations).toMatchObject([{ systemResolution: 'FAILED', analyses: [], complete: false }]);
    expect(findings[0]?.where.pointer).toBe('/analyses');
  });

  it('cannot be followed without an id, unless the URL names it', () => {
    const body = { resolution_status: 'PROCESSING' };
    const { observations, codes } = readLines([body, { url: '/api/folders/f%2F9/', body }]);
    expect(codes).toEqual(['ID_MISSING']);
    expect(observations).toMatchObject([{ folder: 'folder:f/9', folderId: 'f/9' }]);
  });

  it('takes a number for an id, but none that JSON cannot keep exactly, and nothing else', () => {
    const { observations, codes } = readLines([
      { folder_id: 17, resolution_status: 'INITIAL' },
      '{"folder_id": 90071992547409931, "resolution_status": "INITIAL"}',
      { folder_id: true, resolution_status: 'INITIAL' },
      { folder_id: {}, resolution_status: 'INITIAL' },
    ]);
    expect(observations.map(({ folderId }) => folderId)).toEqual(['17']);
    expect(codes).toEqual(['FIELD_UNREADABLE', 'FIELD_UNREADABLE', 'FIELD_UNREADABLE']);
  });

  it('may be called __proto__ or constructor', () => {
    const { observations } = readLines([
      { folder_id: '__proto__', resolution_status: 'INITIAL' },
      '{"__proto__": {"folder_id": "stolen"}, "folder_id": "constructor", "system_resolution": "INITIAL"}',
      '{"__proto__": {"folder_id": "stolen", "resolution_status": "FINISHED"}, "folder_id": "own"}',
    ]);
    expect(observations.map(({ folderId }) => folderId)).toEqual(['__proto__', 'constructor', 'own']);
    expect(observations[2]).not.toHaveProperty('resolutionStatus');
    expect(Object.hasOwn(Object.prototype, 'folder_id')).toBe(false);
  });

  it('shows an analysis that names another folder there as well', () => {
    const { observations } = readLines([
      { folder_id: 'f1', analyses: [analysis, { ...analysis, folder_id: 'f2' }] },
    ]);
    expect(observations).toMatchObject([
      { folder: 'folder:f1', complete: true, analyses: [{ id: 'a1' }, { id: 'a1' }] },
      { folder: 'folder:f2', complete: false, analyses: [{ id: 'a1', pointer: '/analyses/1' }] },
    ]);
  });

  it.each([
    ['bare', '.', (all: readonly object[]) => all.map((one) => JSON.stringify(one)).join('\n')],
    ['in a list', '.[]', (all: readonly object[]) => JSON.stringify(all)],
  ])('that nothing names is told what of it is left aside, and how to name it: %s', (_how, path, as) => {
    const folders = [
      { resolution_status: 'FINISHED', system_resolution: 'DECLINED', analyses: [analysis] },
      { resolution_status: 'FINISHED' },
    ];
    const { observations, findings } = readText(as(folders));
    expect(observations).toMatchObject([{ folder: 'analysis:a1', unnamed: true }]);
    expect(findings.map(({ code, message }) => [code, message.split(': ')[1]])).toEqual([
      ['ID_MISSING', "resolution_status and system_resolution can't be judged"],
      ['ID_MISSING', "resolution_status can't be judged"],
    ]);
    const [, command = ''] = /name it: (jq .*) FILE \| oz-status check -\./.exec(findings[0]!.hint!) ?? [];
    expect(command).toBe(`jq -c '(${path} | objects).folder_id //= "f"'`);
    const named = folders.map((one) => ({ ...one, folder_id: 'f' }));
    expect(readText(as(named)).observations.map(({ folderId }) => folderId)).toEqual(['f', 'f']);
  });

  it('is not asked for a name where it is what was sent, among lines of answers', () => {
    const { findings } = readLines([{ analyses: [{ type: 'quality' }] }, { folder_id: 'f1' }]);
    const hints = findings.filter(({ message }) => message.includes('folder')).map(({ hint }) => hint);
    expect(hints).toEqual([expect.stringContaining('If this is what was sent')]);
  });

  it('stands for itself in a list and in a page of items', () => {
    const list = [{ folder_id: 'f1' }, { folder_id: 'f2' }];
    const { observations } = readLines([list, { items: list, total: 2 }]);
    expect(observations.map(({ folderId, where }) => [folderId, where.line, where.pointer])).toEqual([
      ['f1', 1, '/0'],
      ['f2', 1, '/1'],
      ['f1', 2, '/items/0'],
      ['f2', 2, '/items/1'],
    ]);
  });
});
