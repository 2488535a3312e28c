// JSON.parse, Map and Set, without a library. Reading keeps no pledge;
// clicking goes through an array of them.

import { eachPledge, eachRecord, main, result } from './task.mjs';

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
  }

  result() {
    return result(this.total, this.objectives.entries(), this.regions.entries(), this.names.size, this.months);
  }
}

main((job) => {
  if (job.task === 'read') {
    const tally = new Tally();
    eachRecord(job.file, (pledge) => {
      if (pledge.status !== 'withdrawn') tally.addRecord(pledge, job.regions);
    });
    return () => () => tally.result();
  }
  const all = [];
  eachPledge(job, true, (pledge) => all.push(pledge));
  return ({ objective, region }) => {
    const tally = new Tally();
    for (const pledge of all) {
      if (pledge.objectives.includes(objective) && pledge.regions.includes(region)) tally.add(pledge);
    }
    return () => tally.result();
  };
});
