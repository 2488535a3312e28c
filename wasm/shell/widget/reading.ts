// One reading of a feed: fetched, and handed to the engine as it arrives.

import { type Engine, loadEngine } from "../common/engine";
import { Failure } from "../common/failure";
import type { GcmProblem } from "./gcm-pledges";
import { loadLook } from "../common/look";
import { retryAfter, turn } from "../common/schedule";
import type { Source } from "./source";

/** What the engine has of a source. */
export interface Reading {
  /** The engine that has it; useless once that is dead. */
  readonly engine: Engine;
  readonly etag: string | null;
  /** When it was read, RFC 3339. */
  readonly at: string;
  readonly problems: readonly GcmProblem[];
  /** Whether it holds counts, and no pledges. */
  readonly snapshot: boolean;
  /** Number of the last change that is in it; 0 = unknown. */
  readonly sequence: number;
  /** What the server calls that change: the sequence, or more, with which the ETag begins. */
  readonly cursor: string;
  /** In bytes, unpacked. */
  readonly weight: number;
}

/** The engine's answer to "done" and "revise". */
export interface Report {
  readonly kind: "feed" | "snapshot";
  readonly problems: readonly GcmProblem[];
  /** Records that are not counted. */
  readonly unread: number;
  readonly sequence?: number;
}

/** Bytes of a feed, unpacked. A page should not have to hold more. */
export const LIMIT = 32 << 20;

/** Milliseconds without a byte after which a reading is given up. */
const PATIENCE = 30_000;

/**
 * Reads a source into the engine. If the ETag is that of the last reading,
 * nothing is decoded, unless it has to be. Rejects with a Failure; then the engine
 * still has what it had before.
 */
export async function read({ address: url, id, reading: last, failures }: Source, abort: AbortController, anew: boolean): Promise<Reading> {
  const { signal } = abort;

  // Waits for a step, but not longer than PATIENCE. Whoever has left meanwhile has
  // had the engine forget the source, and what follows must not be heard by it.
  const within = async <T>(step: Promise<T>): Promise<T> => {
    const late = () => abort.abort(new Failure("feed-load", "no data"));
    const timer = setTimeout(late, PATIENCE);
    try {
      return await step;
    } finally {
      clearTimeout(timer);
      signal.throwIfAborted();
    }
  };

  try {
    await turn();
    signal.throwIfAborted();
    // At first the feed travels beside the engine; where something has failed,
    // it is asked for only once there is an engine to read it.
    if (failures) await loadEngine();
    const [engine, response] = await Promise.all([
      loadEngine(),
      within(
        fetch(url, {
          signal,
          cache: "no-cache", // the browser asks with its own If-None-Match
          credentials: "omit",
          headers: { accept: "application/json" },
        }),
      ),
      turn().then(loadLook), // so that nothing moves once it is shown
    ]);
    signal.throwIfAborted();
    const { headers, body, ok, status } = response;
    if (!ok) throw new Failure("feed-http", `HTTP ${status} for ${url}`, retryAfter(headers.get("retry-after")));
    const etag = headers.get("etag");
    const at = new Date().toISOString();
    if (!anew && etag && etag === last?.etag && engine === last.engine) {
      abort.abort();
      return { ...last, at };
    }

    const tooLong = () => new Failure("feed-size", `too long: ${url}`);
    if (Number(headers.get("content-length")) > LIMIT) throw tooLong();
    await engine.call("feed", id, headers.get("content-type") ?? "");
    const reader = body?.getReader();
    let weight = 0;
    while (reader) {
      const { done, value } = await within(reader.read());
      if (done) break;
      weight += value.length;
      if (weight > LIMIT) throw tooLong();
      await engine.call("chunk", id, value);
    }
    signal.throwIfAborted(); // if there was no body to wait for
    const { kind, problems, sequence = 0 } = await engine.call<Report>("done", id);
    const cursor = etag?.match(`\\b${sequence}-[\\da-f]{16}`)?.[0] ?? `${sequence}`;
    return { engine, etag, at, problems, snapshot: kind === "snapshot", sequence, weight, cursor };
  } catch (error) {
    abort.abort(); // what has not arrived is no longer wanted
    throw Failure.of(error, "feed-load");
  }
}
