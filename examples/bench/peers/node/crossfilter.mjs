// Crossfilter: dimensions and groups are set up once, then filters narrow
// them. Reading needs the groups only; clicking needs dimensions to filter by
// beside those that are counted, as a group doesn't see its own dimension's
// filter.

import crossfilter from 'crossfilter2';
import { eachPledge, main, Newest, result } from './task.mjs';

main((job) => {
  const all = [];
  eachPledge(job, true, (pledge) => all.push(pledge));
  const pledges = crossfilter(all);
  const counted = (value, list) => pledges.dimension(value, list).group();
  const objectives = counted((p) => p.objectives, true);
  const regions = counted((p) => p.regions, true);
  const names = counted((p) => p.names, true);
  const months = counted((p) => p.month, false);
  const total = pledges.groupAll();
  // Its order, but for pledges of one day and instant.
  const byDate = job.items && pledges.dimension((p) => p.announced.padEnd(10) + p.updated);
  let byObjective, byRegion;
  if (job.task === 'count') {
    byObjective = pledges.dimension((p) => p.objectives, true);
    byRegion = pledges.dimension((p) => p.regions, true);
  }
  return ({ objective, region }) => {
    if (objective) {
      byObjective.filterExact(objective);
      byRegion.filterExact(region);
    }
    const number = total.value();
    const distinct = names.all().reduce((n, { value }) => (value > 0 ? n + 1 : n), 0);
    const read = [objectives, regions, months].map((group) => group.all().map(({ key, value }) => [key, value]));
    const newest = byDate ? Newest.of(byDate.top(30)) : [];
    return () => result(number, read[0], read[1], distinct, read[2], newest);
  };
});
