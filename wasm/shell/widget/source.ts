// A source is one feed address with all widgets of the page that show it: one
// fetch, one timer, one copy in the engine.

import { endEngine, forget } from "../common/engine";
import { Failure } from "../common/failure";
import { isHidden } from "../common/page";
import { LIMIT, type Reading, type Report, read } from "./reading";
import { delay } from "../common/schedule";
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
  /** What the engine has, from the last good reading. */
  reading: Reading | undefined;
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
  /** Events that the engine does not know yet, by their numbers. */
  #news: News[] = [];
  /** Characters of all events since the feed was decoded. */
  #size = 0;
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

  /** Whether the engine has something to show of it. */
  get ready(): boolean {
    return !!this.reading && !this.reading.engine.dead;
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
      forget("drop", this.id);
      endEngine(() => sources.size);
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
        const { dead } = this.reading.engine; // meanwhile, of another source
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
    const { data, cursor, number, whole } = event;
    const { snapshot, weight } = this.reading!;
    const told = number && [this.cursor, this.reading!.cursor].some((at) => at === cursor || at === `${number}`);
    if (number) {
      this.known = number;
      this.cursor = cursor;
    }
    this.#ended = Date.now();
    // Nobody knows what a snapshot changes in pledges, or a pledge in counts;
    // nothing, if it is of what was read.
    if (snapshot !== whole) this.#unclear ||= !told;
    else {
      if (snapshot) this.#news = [];
      this.#news.push(event);
      this.#size = data.length + (snapshot ? 0 : this.#size);
      // Events make a feed no longer than one that is read may be.
      if (weight + this.#size > LIMIT) {
        this.#news = [];
        clearTimeout(this.#gathering);
        this.#gathering = undefined;
        this.#full = this.#unclear = true;
        this.#fail(new Failure("feed-size", `too long: ${this.address}`));
        this.settle();
      }
    }
    this.#gather();
  }

  /** Has the stream go on from what was read, if that is not where it is. */
  #follow(decoded: boolean): void {
    const { cursor, sequence } = this.reading!;
    if (decoded) {
      this.#full = false;
      this.#size = 0;
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
    if (this.busy || !(this.#unclear || this.#news.length)) return;
    this.#gathering ??= setTimeout(
      () => void this.#tell(),
      this.#unclear ? delay(SOON, this.failures + this.#vain, this.failure?.retryAfter ?? 0) : GATHER,
    );
  }

  /** Tells the engine what was gathered. Never rejects. */
  async #tell(): Promise<void> {
    this.#gathering = undefined;
    if (this.#unclear || !this.ready) return this.ask();
    if (this.busy) return; // once it is read
    if (!this.#news.length) return; // there has been a reading in between
    const { reading } = this;
    const bad: number[] = [];
    // Those that can't be read are found by halves, so that they take no others with them.
    const take = async (some: News[]): Promise<unknown> => {
      if (await this.#revise(reading!, some)) return;
      const half = some.length >> 1;
      if (half) {
        await take(some.slice(0, half));
        await take(some.slice(half));
      } else bad.push(some[0]!.number);
    };
    try {
      await take(this.#news.splice(0));
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

  /** Says whether the engine has taken all of them. */
  async #revise({ engine }: Reading, some: News[]): Promise<boolean> {
    try {
      for (const { data } of some) JSON.parse(data); // or two halves would be a whole
      return !(await engine.call<Report>("revise", this.id, `${some.map(({ data }) => data)}`)).unread;
    } catch (error) {
      if (engine.dead) throw error;
      return false;
    }
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
