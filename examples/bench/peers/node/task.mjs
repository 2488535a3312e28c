// What the tools for Node share: the job, the clock and the answer. It is the
// twin of package task.

import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

const leastRounds = 5, mostRounds = 100, roundsTake = 500; // milliseconds
const nothing = { objective: 0, region: 0 };

/**
 * Does the job that the only argument names. `load(job)` takes its file in and
 * returns `count(filter)`, which counts a selection and returns what puts the
 * numbers into the common form: a step that isn't measured. Either may be
 * asynchronous.
 */
export async function main(load) {
  const job = JSON.parse(readFileSync(process.argv[2], 'utf8'));
  const seconds = [], results = [];
  const start = performance.now();
  const count = await load(job);
  if (job.task === 'read') {
    const finish = await count(nothing);
    seconds.push((performance.now() - start) / 1000);
    results.push(finish());
  } else {
    const start = performance.now();
    for (let round = 0; round < leastRounds || round < mostRounds && performance.now() - start < roundsTake; round++) {
      for (const [i, click] of job.clicks.entries()) {
        const begin = performance.now();
        const finish = await count(click);
        seconds.push((performance.now() - begin) / 1000);
        const result = finish();
        if (round === 0) results.push(result);
        else if (canonical(result) !== canonical(results[i])) throw new Error('clicking again gives something else');
      }
    }
  }
  process.stdout.write(JSON.stringify({ seconds, results, peak: peak() }) + '\n');
}

function canonical(result) {
  return JSON.stringify({ ...result, months: Object.entries(result.months).sort() });
}

/** How much memory the process has had at most, in bytes, as Linux knows it. */
function peak() {
  try {
    return Number(/VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
  } catch {
    return 0;
  }
}

/**
 * Calls `take` with each record of a file that has one a line. A string a line
 * is faster than readline, and than splitting pieces: V8 keeps a whole piece in
 * two bytes a character if one of its lines needs them.
 */
export function eachRecord(file, take) {
  const piece = 1 << 18;
  const buffer = Buffer.alloc(2 * piece);
  let held = 0;
  const fd = openSync(file);
  for (let n; (n = readSync(fd, buffer, held, piece, null)) > 0;) {
    held += n;
    let start = 0;
    for (let end; (end = buffer.indexOf(10, start)) >= 0 && end < held; start = end + 1) {
      take(JSON.parse(buffer.toString('utf8', start, end)));
    }
    buffer.copyWithin(0, start, held);
    held -= start;
  }
  closeSync(fd);
}

/**
 * Calls `take` with what is counted of each pledge that isn't withdrawn:
 * objectives, names, regions and month; and for a job with items with what lists
 * show: id, updated, title, pledger, announced and link. In lists of values 0
 * stands for none. Names are numbered if that is asked for: numbers are compared
 * and sorted faster, though numbering takes its time.
 */
export function eachPledge(job, numbered, take) {
  const numbers = new Map();
  const numberOf = (name) => {
    let n = numbers.get(name);
    if (n === undefined) numbers.set(name, n = numbers.size);
    return n;
  };
  eachRecord(job.file, (pledge) => {
    if (pledge.status === 'withdrawn') return;
    const regions = [];
    for (const { state } of pledge.pledgers) {
      const region = job.regions[state];
      if (region && !regions.includes(region)) regions.push(region);
    }
    const counted = {
      objectives: pledge.objectives ?? [0],
      regions: regions.length ? regions : [0],
      names: pledge.pledgers.map(numbered ? (p) => numberOf(p.name) : (p) => p.name),
      month: pledge.announced.slice(0, 7),
    };
    take(job.items ? Object.assign(counted, listed(pledge)) : counted);
  });
}

/** What a list shows of a record, and what says where in it that stands. */
export function listed({ id, updated, title, pledgers, announced, links }) {
  return { id, updated, title, pledger: pledgers[0].name, announced, link: links?.[0] ?? '' };
}

/** The columns of what lists show. */
export const itemColumns = ['id', 'updated', 'title', 'pledger', 'announced', 'link'];

/** Orders pledges as lists show them, the newest first. */
export function compare(a, b) {
  if (a.announced !== b.announced) return a.announced > b.announced ? -1 : 1;
  if (a.updated !== b.updated) return a.updated > b.updated ? -1 : 1;
  return a.id < b.id ? -1 : 1;
}

/** The ten newest pledges of some: faster than sorting them all. */
export class Newest {
  list = [];

  add(pledge) {
    const list = this.list;
    if (list.length === 10 && compare(pledge, list[9]) > 0) return;
    let at = list.length;
    while (at > 0 && compare(pledge, list[at - 1]) < 0) at--;
    list.splice(at, 0, pledge);
    if (list.length > 10) list.pop();
  }

  static of(pledges) {
    const newest = new Newest();
    for (const pledge of pledges) newest.add(pledge);
    return newest.list;
  }
}

/** The common form of numbers in pairs of a value and its number, and of a list. */
export function result(total, objectives, regions, pledgers, months, newest = []) {
  const list = (length, pairs) => {
    const all = new Array(length).fill(0);
    for (const [value, n] of pairs) all[value] = n;
    return all;
  };
  const counted = [...months].filter(([, n]) => n > 0);
  return {
    total, objectives: list(24, objectives), regions: list(6, regions), pledgers, months: Object.fromEntries(counted),
    newest: newest.map(({ id, title, pledger, announced, link }) => ({ id, title, pledger, announced, link })),
  };
}
