// JSON.parse, Map and Set, without a library. Reading keeps no pledge, or an array of
// what lists show; clicking goes through an array of them.

import { eachPledge, eachRecord, listed, main, Newest, result } from './task.mjs';

class Tally {
  total = 0;
  objectives = new Array(24).fill(0);
  regions = new Array(6).fill(0);
  names = new Set();
  months = new Map();

  add({ objectives, regions, names, month }) {
    this.total++;
    for (const o of objectives) this.objectives[o]++;
    for (const r of regions) this.regions[r]++;
    for (const n of names) this.names.add(n);
    this.months.set(month, (this.months.get(month) ?? 0) + 1);
  }

  addRecord(pledge, regionOf) {
    this.total++;
    if (pledge.objectives) for (const o of pledge.objectives) this.objectives[o]++;
    else this.objectives[0]++;
    let seen = 0; // a bit a region
    for (const { name, state } of pledge.pledgers) {
      this.names.add(name);
      const region = regionOf[state] ?? 0;
      if (region && !(seen >> region & 1)) {
        seen |= 1 << region;
        this.regions[region]++;
      }
    }
    if (!seen) this.regions[0]++;
    const month = pledge.announced.slice(0, 7);
    this.months.set(month, (this.months.get(month) ?? 0) + 1);
    return seen;
  }

  result(newest) {
    return result(this.total, this.objectives.entries(), this.regions.entries(), this.names.size, this.months, newest);
  }
}

main((job) => {
  if (job.task === 'read') {
    const tally = new Tally();
    const kept = [];
    eachRecord(job.file, (pledge) => {
      if (pledge.status === 'withdrawn') return;
      const regions = tally.addRecord(pledge, job.regions);
      if (job.items) kept.push(Object.assign(listed(pledge), { objectives: pledge.objectives, regions }));
    });
    return () => {
      const newest = Newest.of(kept);
      return () => tally.result(newest);
    };
  }
  const all = [];
  eachPledge(job, true, (pledge) => all.push(pledge));
  return ({ objective, region }) => {
    const tally = new Tally(), newest = new Newest();
    for (const pledge of all) {
      if (!pledge.objectives.includes(objective) || !pledge.regions.includes(region)) continue;
      tally.add(pledge);
      if (job.items) newest.add(pledge);
    }
    return () => tally.result(newest.list);
  };
});
