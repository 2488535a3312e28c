// d3-array: rollups over an array of pledges, as charts are fed.

import { filter, rollup } from 'd3-array';
import { eachPledge, main, Newest, result } from './task.mjs';

main((job) => {
  const all = [];
  eachPledge(job, job.task === 'count', (pledge) => all.push(pledge));
  return ({ objective, region }) => {
    const chosen = objective ? filter(all, (p) => p.objectives.includes(objective) && p.regions.includes(region)) : all;
    const number = (group) => group.length;
    const objectives = rollup(chosen.flatMap((p) => p.objectives), number, (o) => o);
    const regions = rollup(chosen.flatMap((p) => p.regions), number, (r) => r);
    const names = new Set(chosen.flatMap((p) => p.names));
    const months = rollup(chosen, number, (p) => p.month);
    const newest = job.items ? Newest.of(chosen) : [];
    return () => result(chosen.length, objectives, regions, names.size, months, newest);
  };
});
