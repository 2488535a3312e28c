// Entry of the module that follows streams: what a source hears of its stream, and
// what becomes of it. The widget loads it where a page names a stream.

import type { Engine } from "../common/engine";
import { Failure } from "../common/failure";
import { delay } from "../common/schedule";
import type { Feed } from "./feed";
import { type Follower, type News, type Stream, streamOf } from "./stream";

/** Milliseconds for which events are gathered before they are shown. */
const GATHER = 100;

/** Milliseconds until a source is read of which an event says too little. */
const SOON = 5000;

/** What there is of it. */
interface Read {
  readonly document?: { readonly spread?: number };
  readonly engine?: Engine;
  readonly at: string;
  readonly sequence: number;
  readonly cursor: string;
  readonly weight: number;
}

/** What there is to know of a source, and to ask of it. */
interface Followed {
  readonly address: string;
  /** Bytes that a feed and its events have at most. */
  readonly limit: number;
  reading: Read | undefined;
  readonly feed: Feed | undefined;
  readonly ready: boolean;
  readonly busy: Promise<void> | undefined;
  readonly failure: Failure | undefined;
  readonly failures: number;
  /** When it was last known to be current. */
  ended: number;
  ask(): Promise<void>;
  fail(error: unknown): void;
  /** Shows what has become of it. */
  show(): Promise<void>;
  /** Plans what comes next. */
  plan(): void;
}

export class Following implements Follower {
  known = 0;
  cursor = "0";
  /** Whether there were too many events: then the stream has to wait for a reading. */
  full = false;
  /** Whether there are events that only a reading explains; and how many readings in a row did not. */
  #unclear = false;
  #vain = 0;
  #gathering: ReturnType<typeof setTimeout> | undefined;
  #stream: Stream | undefined;

  /** Of a source that has been read. */
  constructor(readonly source: Followed) {
    this.follow(true);
  }

  /** Whether all that changes is heard of at once. */
  get live(): boolean {
    return !!this.#stream?.live;
  }

  /** Whether it should be, and isn't. */
  get lost(): boolean {
    return this.full || !!this.#stream?.lost;
  }

  /** Listens to this address, from what is known on, or to none; goes on if it does already. */
  listen(address: string): void {
    if (this.full) address = "";
    if (address === (this.#stream?.address ?? "")) return;
    this.#stream?.leave(this);
    this.#stream = address ? streamOf(address) : undefined;
    this.#stream?.enter(this);
  }

  end(): void {
    clearTimeout(this.#gathering);
    this.listen("");
  }

  settle(): void {
    if (this.live) this.source.ended = Date.now(); // everything is known until now
    void this.source.show();
    this.source.plan();
  }

  hear(event: News): void {
    const { cursor, number } = event;
    const { feed, reading, limit, address } = this.source;
    const { weight, cursor: read } = reading!;
    const told = number && [this.cursor, read].some((at) => at === cursor || at === `${number}`);
    if (number) {
      this.known = number;
      this.cursor = cursor;
    }
    this.source.ended = Date.now();
    // What can't be taken in says too little; nothing, if it is of what was read.
    if (!feed?.take(event)) this.#unclear ||= !told;
    // Events make a feed no longer than one that is read may be.
    else if (weight + feed.size > limit) {
      feed.clear();
      clearTimeout(this.#gathering);
      this.#gathering = undefined;
      this.full = this.#unclear = true;
      this.source.fail(new Failure("feed-size", `too long: ${address}`));
      this.settle();
    }
    this.gather();
  }

  /** After a reading has the stream go on from there, if that is not where it is. */
  follow(decoded: boolean): void {
    const { reading, feed } = this.source;
    const { cursor, sequence } = reading!;
    if (decoded) {
      this.full = false;
      if (feed) feed.size = 0;
    }
    if (this.#unclear) this.#vain = sequence < this.known ? this.#vain + 1 : 0;
    if (sequence && (decoded || this.#unclear) && sequence !== this.known) {
      this.known = sequence;
      this.cursor = cursor;
      this.#stream?.enter(this);
    }
    this.#unclear = false;
  }

  gather(): void {
    const { busy, feed } = this.source;
    if (busy || !(this.#unclear || feed?.waits)) return;
    this.#gathering ??= setTimeout(() => void this.#tell(), this.#unclear ? this.#pause() : GATHER);
  }

  /** Milliseconds until what events say too little of is read: of a document as its publisher says. */
  #pause(): number {
    const { reading, failure, failures } = this.source;
    const spread = reading?.document?.spread;
    const trouble = failures + this.#vain;
    if (spread !== undefined && !trouble) return Math.min(spread, 3600) * 1000 * Math.random() + GATHER;
    return delay(SOON, trouble, failure?.retryAfter ?? 0);
  }

  /** Tells the engine what was gathered. Never rejects. */
  async #tell(): Promise<void> {
    const { source } = this;
    this.#gathering = undefined;
    if (this.#unclear || !source.ready) return source.ask();
    if (source.busy) return; // once it is read
    const { reading, feed } = source;
    if (!feed?.waits) return; // there has been a reading in between
    try {
      const bad = await feed.tell(reading!.engine!);
      if (bad.length) {
        this.#unclear = true; // what they would have changed, a reading tells
        source.fail(new Failure("feed-syntax", `events ${bad.slice(0, 10)}: ${source.address}`));
      }
      if (source.reading === reading) source.reading = { ...reading!, at: new Date().toISOString() };
    } catch (error) {
      source.fail(error);
    }
    await source.show();
    this.gather();
  }
}
