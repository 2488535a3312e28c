// When to read a source next, and when to let the page have its turn. All times
// are in milliseconds.

import { isHidden } from "./page";

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** setTimeout takes 31 bits; what is longer would fire at once. */
const LONGEST = 0x7fffffff;

/** Seconds between two readings if the page does not say. */
export const DEFAULT_REFRESH = 300;

/**
 * The attribute `refresh` in milliseconds: at least a second, 0 = never.
 * What is not a number of seconds means the default.
 */
export function interval(refresh: string | null): number {
  const seconds = Number(refresh?.trim() || NaN);
  if (seconds === 0) return 0;
  const good = seconds > 0 && seconds < Infinity ? Math.max(seconds, 1) : DEFAULT_REFRESH;
  return Math.min(good * SECOND, LONGEST / 2);
}

/**
 * How long to wait after a reading. Each failure in a row doubles the interval,
 * up to an hour (or the interval, if that is longer). Ten percent more or less
 * keep the pages that were opened together from asking together for ever. What
 * the server asked for with Retry-After is kept, up to an hour.
 */
export function delay(interval: number, failures: number, retryAfter: number, random = Math.random()): number {
  const slowed = Math.min(interval * 2 ** failures, Math.max(interval, HOUR));
  return Math.max(slowed * (0.9 + 0.2 * random), Math.min(retryAfter * SECOND, HOUR));
}

/** Seconds of a Retry-After header (RFC 9110, 10.2.3): digits, or a date; 0 = none. */
export function retryAfter(header: string | null, now = Date.now()): number {
  return Math.max(/^\d+$/.test(header!) ? Number(header) : (Date.parse(header!) - now) / SECOND, 0) || 0;
}

/**
 * Ends a task, so that none takes long on a slow machine: what waits, such as a
 * click, comes in between; after a pause in milliseconds a frame does as well.
 * Nobody clicks on a hidden page, whose timers are slow.
 */
export async function turn(pause?: number): Promise<void> {
  if (!isHidden()) await new Promise<void>((go) => setTimeout(go, pause));
}
