// Arquero: a table of columns, lists unrolled into tables of their own.

import { desc, escape, op, table } from 'arquero';
import { eachPledge, itemColumns, main, result } from './task.mjs';

main((job) => {
  const columns = { objectives: [], regions: [], names: [], month: [] };
  if (job.items) for (const name of itemColumns) columns[name] = [];
  eachPledge(job, job.task === 'count', (pledge) => {
    for (const name in columns) columns[name].push(pledge[name]);
  });
  const all = table(columns);
  return ({ objective, region }) => {
    const chosen = objective
      ? all.filter(escape((p) => p.objectives.includes(objective) && p.regions.includes(region)))
      : all;
    const numbers = (of, column) => pairs(of.groupby(column).count(), column);
    const objectives = numbers(chosen.select('objectives').unroll('objectives'), 'objectives');
    const regions = numbers(chosen.select('regions').unroll('regions'), 'regions');
    const names = chosen.select('names').unroll('names').rollup({ n: op.distinct('names') }).get('n');
    const months = numbers(chosen, 'month');
    // Sorting all of them takes long: the newest ten are in the latest days.
    const newest = job.items ? latest(chosen).orderby(desc('announced'), desc('updated'), 'id').slice(0, 10).objects() : [];
    return () => result(chosen.numRows(), objectives, regions, names, months, newest);
  };
});

/** The pledges of the last days that have ten or more. */
function latest(pledges) {
  const days = pledges.groupby('announced').count().orderby(desc('announced')).objects();
  let n = 0, i = 0;
  while (i < days.length && n < 10) n += days[i++].count;
  const first = i ? days[i - 1].announced : '';
  return pledges.filter(escape((p) => p.announced >= first));
}

function pairs(counts, column) {
  return counts.objects().map((row) => [row[column], row.count]);
}
