// Arquero: a table of columns, lists unrolled into tables of their own.

import { escape, op, table } from 'arquero';
import { eachPledge, main, result } from './task.mjs';

main((job) => {
  const columns = { objectives: [], regions: [], names: [], month: [] };
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
    return () => result(chosen.numRows(), objectives, regions, names, months);
  };
});

function pairs(counts, column) {
  return counts.objects().map((row) => [row[column], row.count]);
}
