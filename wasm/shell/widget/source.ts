// A source is one feed address with all widgets of the page that show it: one
// fetch, one timer, one copy in the engine.

import { Failure } from "../common/failure";
import { isHidden } from "../common/page";
import { delay } from "../common/schedule";
import type { Feed } from "./feed";
import { counting } from "./load";
import { LIMIT, type Reading, read } from "./reading";
import { type Follower, type News, type Stream, streamOf } from "./stream";

/** Milliseconds for which events are gathered before they are shown. */
const GATHER = 100;

/** Milliseconds until a source is read of which an event says too little. */
const SOON = 5000;

/** What a source needs of a widget. */
export interface Widget {
  /** Milliseconds between two readings, 0 = never again. */
  interval(): number;
  /** Address of an event stream of the source with this one; "" if the page names none. */
  stream(url: string): string;
  /** Shows what has become of its sources. Rejects with a Failure if the engine breaks. */
  show(): Promise<void>;
}

const sources = new Map<string, Source>();
let made = 0;

/** The source of an absolute URL, shared by all that ask for it. */
export function sourceOf(url: string): Source {
  let source = sources.get(url);
  if (!source) sources.set(url, (source = new Source(url)));
  return source;
}

export class Source implements Follower {
  /** Name in the engine; never used again, so that a late byte can't reach a successor. */
  readonly id = `s${++made}`;
  /** What there is of it, from the last good reading. */
  reading: Reading | undefined;
  /** What it is to the engine, once it is known to be for it. */
  feed: Feed | undefined;
  /** The reading under way. */
  busy: Promise<void> | undefined;
  #queued: Promise<void> | undefined;
  #abort = new AbortController();
  #widgets = new Set<Widget>();
  /** What went wrong last, until something goes right. */
  failure: Failure | undefined;
  /** Failures in a row. */
  failures = 0;
  /** When the last reading ended. */
  #ended = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stream: Stream | undefined;
  known = 0;
  cursor = "0";
  /** Whether there were too many: then the stream has to wait for a reading. */
  #full = false;
  /** Whether there are events that only a reading explains; and how many readings in a row did not. */
  #unclear = false;
  #vain = 0;
  #gathering: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly address: string) {
    addEventListener("visibilitychange", this.#plan);
    addEventListener("online", this.#back);
  }

  /** Whether there is something to show of it. */
  get ready(): boolean {
    return !!this.reading && !this.reading.engine?.dead;
  }

  /** Whether the engine hears at once of all that changes. */
  get live(): boolean {
    return !!this.#stream?.live;
  }

  /** Whether it should hear of changes, and does not, and nobody asks either. */
  get lost(): boolean {
    return (this.#full || !!this.#stream?.lost) && !this.#intervals().length;
  }

  /** For a widget that is new here, or whose attributes have changed. */
  enter(widget: Widget): void {
    this.#widgets.add(widget);
    void this.#show([widget]);
    this.#plan();
  }

  /**
   * The last widget to leave ends the source: no request, timer or listener
   * stays, and with the last source no engine.
   */
  leave(widget: Widget): void {
    this.#widgets.delete(widget);
    if (!this.#widgets.size) {
      sources.delete(this.address);
      removeEventListener("visibilitychange", this.#plan);
      removeEventListener("online", this.#back);
      this.#abort.abort(); // a reading under way hands nothing more to the engine
      clearTimeout(this.#gathering);
      counting?.release("drop", this.id);
      counting?.finish(() => [...sources.values()].some(({ feed }) => feed));
    }
    this.#plan();
  }

  /** Reads now, or joins the reading under way. Never rejects. */
  ask(): Promise<void> {
    return (this.busy ??= this.#read().finally(() => {
      this.busy = undefined;
      this.#plan();
      this.#gather();
    }));
  }

  /** A reading that starts after this call, so that it sees what is there now. Never rejects. */
  refresh(): Promise<void> {
    return (this.#queued ??= Promise.resolve(this.busy).then(() => {
      this.#queued = undefined;
      return this.ask();
    }));
  }

  /** The network is there again: what was missed is read, unless the feed wants to be left alone. */
  #back = (): void => {
    if (!isHidden() && !this.failure?.retryAfter) void this.refresh();
  };

  async #read(): Promise<void> {
    if (!this.#widgets.size) return;
    // Once more, if the engine broke of what another source or a view asked.
    for (let spared = false; ; spared = true) {
      this.#abort = new AbortController();
      try {
        const last = this.reading;
        this.reading = await read(this, this.#abort, this.#full);
        this.failure = undefined;
        this.#follow(this.reading.problems !== last?.problems);
        const dead = this.reading.engine?.dead; // meanwhile, of another source
        if (dead) throw dead;
      } catch (error) {
        const { culprit } = error as Failure;
        if (!spared && culprit && culprit !== this.id) continue;
        this.#fail(error);
      }
      break;
    }
    await this.#show(this.#widgets);
    if (!this.failure) this.failures = 0;
    this.#ended = Date.now();
  }

  /** Listens to this address, from what is known on, or to none; goes on if it does already. */
  #listen(address: string): void {
    if (address === (this.#stream?.address ?? "")) return;
    this.#stream?.leave(this);
    this.#stream = address ? streamOf(address) : undefined;
    this.#stream?.enter(this);
  }

  settle(): void {
    if (this.live) this.#ended = Date.now(); // everything is known until now
    void this.#show(this.#widgets);
    this.#plan();
  }

  hear(event: News): void {
    const { cursor, number } = event;
    const { feed } = this;
    const { weight, cursor: read } = this.reading!;
    const told = number && [this.cursor, read].some((at) => at === cursor || at === `${number}`);
    if (number) {
      this.known = number;
      this.cursor = cursor;
    }
    this.#ended = Date.now();
    // What can't be taken in says too little; nothing, if it is of what was read.
    if (!feed?.take(event)) this.#unclear ||= !told;
    // Events make a feed no longer than one that is read may be.
    else if (weight + feed.size > LIMIT) {
      feed.clear();
      clearTimeout(this.#gathering);
      this.#gathering = undefined;
      this.#full = this.#unclear = true;
      this.#fail(new Failure("feed-size", `too long: ${this.address}`));
      this.settle();
    }
    this.#gather();
  }

  /** Has the stream go on from what was read, if that is not where it is. */
  #follow(decoded: boolean): void {
    const { cursor, sequence } = this.reading!;
    if (decoded) {
      this.#full = false;
      if (this.feed) this.feed.size = 0;
    }
    if (this.#unclear) this.#vain = sequence < this.known ? this.#vain + 1 : 0;
    if (sequence && (decoded || this.#unclear) && sequence !== this.known) {
      this.known = sequence;
      this.cursor = cursor;
      this.#stream?.enter(this);
    }
    this.#unclear = false;
  }

  #gather(): void {
    if (this.busy || !(this.#unclear || this.feed?.waits)) return;
    this.#gathering ??= setTimeout(() => void this.#tell(), this.#unclear ? this.#pause() : GATHER);
  }

  /** Milliseconds until what events say too little of is read: of a document as its publisher says. */
  #pause(): number {
    const { spread } = this.reading?.document ?? {};
    const trouble = this.failures + this.#vain;
    if (spread !== undefined && !trouble) return Math.min(spread, 3600) * 1000 * Math.random() + GATHER;
    return delay(SOON, trouble, this.failure?.retryAfter ?? 0);
  }

  /** Tells the engine what was gathered. Never rejects. */
  async #tell(): Promise<void> {
    this.#gathering = undefined;
    if (this.#unclear || !this.ready) return this.ask();
    if (this.busy) return; // once it is read
    const { reading, feed } = this;
    if (!feed?.waits) return; // there has been a reading in between
    try {
      const bad = await feed.tell(reading!.engine!);
      if (bad.length) {
        this.#unclear = true; // what they would have changed, a reading tells
        this.#fail(new Failure("feed-syntax", `events ${bad.slice(0, 10)}: ${this.address}`));
      }
      if (this.reading === reading) this.reading = { ...reading!, at: new Date().toISOString() };
    } catch (error) {
      this.#fail(error);
    }
    await this.#show(this.#widgets);
    this.#gather();
  }

  async #show(widgets: Iterable<Widget>): Promise<void> {
    await Promise.all(
      [...widgets].map(async (widget) => {
        // If the engine broke, that is one failure for all that it did not get to.
        while (await widget.show().then(
          () => false,
          (error) => this.#fail(error),
        ));
      }),
    );
  }

  #fail(error: unknown): true {
    const failure = Failure.of(error, "feed-load");
    if (failure !== this.failure) this.failures++;
    this.failure = failure;
    return true;
  }

  #intervals(): number[] {
    return [...this.#widgets].map((widget) => widget.interval()).filter(Boolean);
  }

  /**
   * Listens while somebody looks, and sets the timer: none while reading, while
   * the page is hidden or hears of all changes, or if nobody wants one. A stream
   * that doesn't beat may be dead, so the feed is asked all the same.
   */
  #plan = (): void => {
    clearTimeout(this.#timer);
    const addresses = [...this.#widgets].map((widget) => widget.stream(this.address));
    this.#listen((!isHidden() && this.ready && !this.#full && addresses.find(Boolean)) || "");
    const wanted = this.#intervals();
    if (this.busy || isHidden() || this.live || !wanted.length) return;
    const ms = delay(Math.min(...wanted), this.failures, this.failure?.retryAfter ?? 0);
    // Counted from the last reading, so that a page that was hidden catches up
    // at once; never more than ms ahead, should the clock have been set back.
    const left = Math.min(ms, this.#ended + ms - Date.now());
    this.#timer = setTimeout(() => void this.ask(), left);
  };
}
