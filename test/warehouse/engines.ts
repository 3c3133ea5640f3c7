import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { columns, type Row } from './rows.ts';

/** Where the engines are installed: .ci/warehouse says so. */
const place = process.env['OZ_STATUS_SQL_ENGINES'];

/** An engine: what a query selects of some rows, one folder after the other. */
export interface Engine {
  readonly name: string;
  select(query: string, rows: readonly Row[]): Promise<readonly string[]>;
}

interface DuckDb {
  readonly DuckDBInstance: {
    create(path: string): Promise<{ connect(): Promise<DuckConnection>; closeSync(): void }>;
  };
}
interface DuckConnection {
  run(statement: string): Promise<unknown>;
  runAndReadAll(query: string): Promise<{ getRowObjects(): readonly { readonly folder_id: string }[] }>;
  closeSync(): void;
}
interface Clickhouse {
  readonly Session: new () => { query(text: string, format?: string): unknown; cleanup(): void };
}

/** Gives the path of a file with the rows, and removes it afterwards. */
async function withFile<T>(rows: readonly Row[], act: (path: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'oz-status-warehouse-'));
  try {
    const path = join(directory, 'answers.ndjson');
    writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return await act(path);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The engines that are installed; throws where one is not. */
export function engines(): readonly Engine[] {
  if (place === undefined) throw new Error('expected OZ_STATUS_SQL_ENGINES: run .ci/warehouse');
  const load = createRequire(join(place, 'package.json'));
  const duck = load('@duckdb/node-api') as DuckDb;
  const { Session } = load('chdb') as Clickhouse;
  const types = Object.entries(columns);
  return [
    {
      name: 'DuckDB',
      select: (query, rows) =>
        withFile(rows, async (path) => {
          const database = await duck.DuckDBInstance.create(':memory:');
          const connection = await database.connect();
          const shape = types.map(([name, type]) => `${name}: '${type}'`).join(', ');
          await connection.run(
            `CREATE TABLE answers AS SELECT * FROM read_json('${path}', format = 'newline_delimited', columns = {${shape}})`,
          );
          const read = await connection.runAndReadAll(query);
          const found = read.getRowObjects().map((row) => row.folder_id);
          connection.closeSync();
          database.closeSync();
          return found;
        }),
    },
    {
      name: 'ClickHouse',
      select: (query, rows) =>
        withFile(rows, (path) => {
          const session = new Session();
          const shape = types
            .map(([name, type]) => `${name} Nullable(${type === 'BIGINT' ? 'Int64' : 'String'})`)
            .join(', ');
          session.query('CREATE DATABASE IF NOT EXISTS warehouse');
          session.query(
            `CREATE TABLE warehouse.answers ENGINE = Memory AS SELECT * FROM file('${path}', JSONEachRow, '${shape}')`,
          );
          const told = String(
            session.query(query.replaceAll('FROM answers', 'FROM warehouse.answers'), 'JSONCompactEachRow') ??
              '',
          );
          session.cleanup();
          const lines = told.split('\n').filter((line) => line !== '');
          return Promise.resolve(lines.map((line) => (JSON.parse(line) as [string])[0]));
        }),
    },
  ];
}
