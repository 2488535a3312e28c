// One reading of a source: fetched, and then what it turns out to be. A view
// document is shown as it is; anything else is handed to the engine as it arrives.

import words from "words";
import { asset } from "../common/asset";
import { Failure } from "../common/failure";
import { retryAfter, turn } from "../common/schedule";
import { trusted } from "../common/trust";
import { type ViewDocument, isDocument, parseDocument } from "./document";
import type { Counted, Feed } from "./feed";
import type { GcmProblem } from "./gcm-pledges";
import { counting, engineAddress } from "./load";

/** What there is of a source. */
export interface Reading extends Partial<Counted> {
  /** What was read, if that is a view document; else the engine has it. */
  readonly document?: ViewDocument;
  readonly etag: string | null;
  /** When it was read, RFC 3339. */
  readonly at: string;
  readonly problems: readonly GcmProblem[];
  /** Number of the last change that is in it; 0 = unknown. */
  readonly sequence: number;
  /** What the server calls that change: the sequence, or more, with which the ETag begins. */
  readonly cursor: string;
  /** In bytes, unpacked. */
  readonly weight: number;
}

/** What a reading needs to know of its source. */
interface Subject {
  readonly address: string;
  /** Name in the engine. */
  readonly id: string;
  /** The last reading. */
  readonly reading: Reading | undefined;
  /** What it is to the engine, once it is known to be for it. */
  feed: Feed | undefined;
  /** A language that it is going to be shown in. */
  readonly lang: string;
}

/** Bytes of a source, unpacked. A page should not have to hold more. */
export const LIMIT = 32 << 20;

/** Bytes after which it is known what a source is. */
const ENOUGH = 64;

/** Milliseconds without a byte after which a reading is given up: those of a heartbeat. */
const PATIENCE = 15_000;

/**
 * Reads a source. If the ETag is that of the last reading, nothing is decoded,
 * unless it has to be. Rejects with a Failure; then the engine still has what it
 * had before.
 */
export async function read(of: Subject, abort: AbortController, anew: boolean): Promise<Reading> {
  const { address: url, id, reading: last } = of;
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
    if (!("adoptedStyleSheets" in Document.prototype)) throw new Failure("unsupported", "unsupported");
    // What is for the engine is asked for only once there is one to read it.
    await of.feed?.begin(of.lang);
    const response = await within(
      fetch(url, {
        signal,
        cache: "no-cache", // the browser asks with its own If-None-Match
        credentials: "omit",
        headers: { accept: "application/json" },
      }),
    );
    signal.throwIfAborted();
    const { headers, body, ok, status } = response;
    const tooLong = () => new Failure("feed-size", `too long: ${url}`);
    const reader = body?.getReader();
    let weight = 0;
    const chunks: Uint8Array[] = [];
    const pull = async (): Promise<Uint8Array | undefined> => {
      const { value } = (await (reader && within(reader.read()))) ?? {};
      weight += value?.length ?? 0;
      if (weight > LIMIT) throw tooLong();
      return value;
    };
    const text = () => new Blob(chunks as BlobPart[]).text();
    if (!ok) {
      // A server of ours says what is wrong with what it was asked for, in the first bytes.
      let said;
      try {
        chunks.push((await pull())!);
        said = JSON.parse(await text()).detail;
      } catch {}
      throw new Failure("feed-http", `HTTP ${status} for ${url} ${said ?? ""}`, retryAfter(headers.get("retry-after")));
    }
    const etag = headers.get("etag");
    const at = new Date().toISOString();
    if (!anew && etag && etag === last?.etag && !last.engine?.dead) {
      abort.abort();
      return { ...last, at };
    }

    if (Number(headers.get("content-length")) > LIMIT) throw tooLong();
    for (let chunk; weight < ENOUGH && (chunk = await pull()); ) chunks.push(chunk);
    let read: Pick<Reading, "document" | "problems" | "sequence"> | Counted;
    if (isDocument(await text())) {
      for (let chunk; (chunk = await pull()); ) chunks.push(chunk);
      const found = parseDocument(await text());
      of.feed = undefined;
      read = { document: found, problems: [], sequence: found.summary.sequence ?? 0 };
    } else {
      const { Feed } = await counting.load();
      signal.throwIfAborted();
      of.feed ??= new Feed(id, engineAddress(), trusted, (file) => asset(...words[file]!));
      const begun = await of.feed.begin(of.lang);
      signal.throwIfAborted(); // whoever wanted it is gone
      read = await of.feed.count(begun, headers.get("content-type") ?? "", async () => chunks.shift() ?? pull());
    }
    signal.throwIfAborted(); // if there was no body to wait for
    const { sequence } = read;
    const cursor = etag?.match(`\\b${sequence}-[\\da-f]{16}`)?.[0] ?? `${sequence}`;
    return { ...read, etag, at, weight, cursor };
  } catch (error) {
    abort.abort(); // what has not arrived is no longer wanted
    throw Failure.of(error, "feed-load");
  }
}
