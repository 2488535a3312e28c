// DuckDB: reads the four columns that are counted into a table, then asks it.
// Queries straight from the file would read it anew each time, and take longer
// together.

import { DuckDBInstance } from '@duckdb/node-api';
import { main, result } from './task.mjs';

main(async (job) => {
  const db = await DuckDBInstance.create(':memory:', { threads: String(job.threads) });
  const connection = await db.connect();
  await connection.run(states(job.regions));
  await connection.run(pledges(job.items), [job.file]);
  if (job.task === 'read') {
    return async () => {
      const rows = [];
      for (const query of everything) rows.push(...await fetch(connection, query));
      const items = job.items ? await fetch(connection, newest('pledges')) : [];
      return () => common(rows, items);
    };
  }
  for (const statement of forClicks(job.items)) await connection.run(statement);
  const query = await connection.prepare(selected);
  const list = job.items && await connection.prepare(newest('clickable where objective_bits & $1 <> 0 and region_bits & $2 <> 0'));
  return async ({ objective, region }) => {
    const read = async (query) => {
      query.bind([1 << objective, 1 << region]);
      return (await query.runAndReadAll()).getRows();
    };
    const rows = await read(query);
    const items = job.items ? await read(list) : [];
    return () => common(rows, items);
  };
});

const fetch = async (connection, query) => (await connection.runAndReadAll(query)).getRows();

const states = (regions) => {
  const based = Object.entries(regions).filter(([, region]) => region);
  return `create table states(state varchar, region utinyint);
    insert into states values ${based.map(([state, region]) => `('${state}', ${region})`)}`;
};

// No object is bigger than 1 MiB; to know it makes DuckDB read in smaller
// pieces, so that both threads have something to do with small files.
const pledges = (items) => `
  create table pledges as
  select objectives, pledgers, announced[:7] as month ${items ? ', id, updated, title, announced, links[1] as link' : ''}
  from read_json(?, format = 'newline_delimited', maximum_object_size = 1048576, columns = {
    ${items ? `id: 'varchar', updated: 'varchar', title: 'varchar', links: 'varchar[]',` : ''}
    objectives: 'utinyint[]', pledgers: 'struct(name varchar, state varchar)[]', announced: 'varchar', status: 'varchar'})
  where status is distinct from 'withdrawn'`;

const newest = (from) => `
  select id, title, ${from === 'pledges' ? 'pledgers[1].name' : 'pledger'}, announced, coalesce(link, '') from ${from}
  order by announced desc, updated desc, id limit 10`;

// Most pledges have one pledger, and one region then: only the others need a
// distinct count.
const regions = `
  with one as materialized (
    select region, count(*) as n
    from (select pledgers[1].state as state from pledges where len(pledgers) = 1) join states using (state) group by region),
  more as materialized (
    select id, region
    from (select rowid as id, unnest(pledgers).state as state from pledges where len(pledgers) > 1) join states using (state))
  select 'region', region, sum(n)
    from (from one union all select region, count(distinct id) from more group by region) group by region
  union all select 'region', 0,
    (select count(*) from pledges) - (select coalesce(sum(n), 0) from one) - (select count(distinct id) from more)`;

// Rows of what is counted, its value and its number.
const everything = [
  `select 'total', null, count(*) from pledges`,
  `select 'objective', o, count(*) from (select unnest(objectives) as o from pledges) group by o`,
  `select 'objective', 0, count(*) from pledges where objectives is null`,
  regions,
  `select 'pledgers', null, count(distinct name) from (select unnest(pledgers).name as name from pledges)`,
  `select 'month', month, count(*) from pledges group by month`,
];

// Clicks: a column of bits for each filter, and pledgers by number.
const forClicks = (items) => [
  `create table regions as
    select id, list(distinct region) as regions, bit_or(1::integer << region::integer) as bits
    from (select rowid as id, unnest(pledgers).state as state from pledges) join states using (state) group by id`,
  `create table names as
    select name, (row_number() over ())::integer as number from (select distinct unnest(pledgers).name as name from pledges)`,
  `create table numbers as
    select id, list(number) as pledgers
    from (select rowid as id, unnest(pledgers).name as name from pledges) join names using (name) group by id`,
  `create table clickable as
    select objectives, list_bit_or([1::integer << o::integer for o in objectives]) as objective_bits,
      regions, regions.bits as region_bits, numbers.pledgers, month
      ${items ? ', pledges.id, updated, title, pledges.pledgers[1].name as pledger, announced, link' : ''}
    from pledges left join regions on regions.id = pledges.rowid left join numbers on numbers.id = pledges.rowid`,
];
const selected = `
  with selection as materialized (
    select objectives, regions, pledgers, month from clickable where objective_bits & $1 <> 0 and region_bits & $2 <> 0)
  select 'total', null, count(*) from selection
  union all select 'objective', o::varchar, count(*) from (select unnest(objectives) as o from selection) group by o
  union all select 'region', r::varchar, count(*) from (select unnest(regions) as r from selection) group by r
  union all select 'pledgers', null, count(distinct p) from (select unnest(pledgers) as p from selection)
  union all select 'month', month, count(*) from selection group by month`;

function common(rows, items) {
  const of = (what) => rows.filter((row) => row[0] === what).map(([, value, n]) => [value, Number(n)]);
  const list = items.map(([id, title, pledger, announced, link]) => ({ id, title, pledger, announced, link }));
  return result(of('total')[0][1], of('objective'), of('region'), of('pledgers')[0][1], of('month'), list);
}
