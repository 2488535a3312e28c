// Entry of the module that follows streams: what a source hears of its stream, and
// what becomes of it; and readers over the tiles of a map. The widget loads it where a
// page names a stream, or shows a map.

import type { Engine } from "../common/engine";
import { Failure } from "../common/failure";
import { delay } from "../common/schedule";
import type { Feed } from "./feed";
import { type Follower, type News, type Stream, numberOf, streamOf } from "./stream";

export { explore } from "./map";

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
  /** Whether nobody asks for it. */
  readonly lost: boolean;
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

/** What a server says of its record beside the number of a change, such as "1f6c0d3a9be24785"; not all do. */
const markOf = (cursor: string): string | undefined => cursor.split("-")[1];

export class Following implements Follower {
  cursor = "0";
  /** Whether there were too many events: then the stream has to wait for a reading. */
  #over = false;
  /** Whether it was lost when it was last heard of. */
  #silent = false;
  /** Whether there are events that only a reading explains; and how many readings in a row did not. */
  #unclear = false;
  #vain = 0;
  /** Whether they are of another record, or some are missing: then what is shown is none of its numbers. */
  #gap = false;
  /** Whether the last reading said less than was heard before. */
  #behind = false;
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
    return this.#over || !!this.#stream?.lost;
  }

  /** Whether a reading has to be a full one, even if the feed is what it was. */
  get full(): boolean {
    return this.#over || this.#gap;
  }

  /** Whether the feed says less than was heard, and nobody says which of the two is right: a cache is late, or the record was restored. */
  get behind(): boolean {
    return this.#behind && !this.live;
  }

  /** Listens to this address, from what is known on, or to none; goes on if it does already. */
  listen(address: string): void {
    if (this.#over) address = "";
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
    const { source, lost } = this;
    if (this.live) source.ended = Date.now(); // everything is known until now
    // Who asks all the same does so now, and is marked if that is in vain.
    const ask = lost && !this.#silent && !source.lost && !source.failure;
    this.#silent = lost;
    if (ask) return void source.ask();
    void source.show();
    source.plan();
  }

  hear(event: News): void {
    const { cursor, number, whole, at } = event;
    const { feed, reading, limit, address } = this.source;
    const { weight } = reading!;
    // Of an empty record the number alone says nothing.
    const told = (number || markOf(cursor)) && (this.cursor === cursor || (number && this.cursor === `${number}`));
    const gap = whole ? this.cursor !== "0" : this.#strange(at);
    if (number) this.cursor = cursor;
    this.source.ended = Date.now();
    // What can't be taken in, or changes another record, says too little; nothing, if it is of what was read.
    if ((gap && !whole) || !feed?.take(event)) {
      this.#unclear ||= !told;
      this.#gap ||= gap && !told;
    }
    // Events make a feed no longer than one that is read may be.
    else if (weight + feed.size > limit) {
      feed.clear();
      clearTimeout(this.#gathering);
      this.#gathering = undefined;
      this.#over = this.#unclear = true;
      this.source.fail(new Failure("feed-size", `too long: ${address}`));
      this.settle();
    }
    this.gather();
  }

  beat(at: string): void {
    if (markOf(this.cursor) && numberOf(this.cursor) >= numberOf(at) && this.#strange(at)) this.#unclear = this.#gap = true;
    this.gather();
  }

  /** Whether the record in which this is the last change is another one than what was read, as far as they say. */
  #strange(at: string): boolean {
    const mark = markOf(at);
    return !!mark && mark !== (markOf(this.cursor) ?? (numberOf(this.cursor) ? mark : ""));
  }

  /** After a reading has the stream go on from there, if that is not where it is. */
  follow(decoded: boolean): void {
    const { reading, feed } = this.source;
    const { cursor, sequence } = reading!;
    if (decoded) {
      this.#over = false;
      if (feed) feed.size = 0;
      // What waits is in it, or is sent once more, or is of another record.
      if (cursor !== "0") feed?.clear();
    }
    const known = numberOf(this.cursor);
    if (this.#unclear) this.#vain = sequence < known ? this.#vain + 1 : 0;
    if (cursor !== "0" && (decoded || this.#unclear) && cursor !== this.cursor && cursor !== `${known}`) {
      this.cursor = cursor;
      this.#stream?.enter(this);
    }
    this.#unclear = this.#gap &&= !decoded; // by a reading that had begun before
    this.#behind = sequence > 0 && sequence < numberOf(this.cursor);
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
    if (this.#gap && !trouble) return 0;
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
