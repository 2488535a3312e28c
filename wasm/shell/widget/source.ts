// A source is one feed address with all widgets of the page that show it: one
// fetch, one timer, one copy in the engine.

import { Failure } from "../common/failure";
import { isHidden } from "../common/page";
import { delay } from "../common/schedule";
import type { Feed } from "./feed";
import type { Following } from "./following";
import { counting, following } from "./load";
import { LIMIT, type Reading, read } from "./reading";

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

export class Source {
  /** Name in the engine; never used again, so that a late byte can't reach a successor. */
  readonly id = `s${++made}`;
  /** What there is of it, from the last good reading. */
  reading: Reading | undefined;
  /** What it is to the engine, once it is known to be for it. */
  feed: Feed | undefined;
  /** A language that it is going to be shown in. */
  lang = "";
  /** The reading under way. */
  busy: Promise<void> | undefined;
  #queued: Promise<void> | undefined;
  #abort = new AbortController();
  #widgets = new Set<Widget>();
  /** What went wrong last, until something goes right. */
  failure: Failure | undefined;
  /** Failures in a row. */
  failures = 0;
  /** When the last reading ended, or it was known to be current. */
  ended = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly limit = LIMIT;
  /** What it hears of its stream, if it has one; or whether that can't be loaded. */
  #following: Following | undefined;
  #deaf = false;

  constructor(readonly address: string) {
    addEventListener("visibilitychange", this.plan);
    addEventListener("online", this.#back);
  }

  /** Whether there is something to show of it. */
  get ready(): boolean {
    return !!this.reading && !this.reading.engine?.dead;
  }

  /** Whether the engine hears at once of all that changes. */
  get live(): boolean {
    return !!this.#following?.live;
  }

  /** Whether it should hear of changes, and does not, and nobody asks either, or in vain. */
  get lost(): boolean {
    return this.#following?.behind || ((this.#deaf || !!this.#following?.lost) && !this.#intervals().length);
  }

  /** For a widget that is new here, or whose attributes have changed. */
  enter(widget: Widget): void {
    this.#widgets.add(widget);
    void this.show([widget]);
    this.plan();
  }

  /**
   * The last widget to leave ends the source: no request, timer or listener
   * stays, and with the last source no engine.
   */
  leave(widget: Widget): void {
    this.#widgets.delete(widget);
    if (!this.#widgets.size) {
      sources.delete(this.address);
      removeEventListener("visibilitychange", this.plan);
      removeEventListener("online", this.#back);
      this.#abort.abort(); // a reading under way hands nothing more to the engine
      this.#following?.end();
      counting.module?.release("drop", this.id);
      counting.module?.finish(() => [...sources.values()].some(({ feed }) => feed));
    }
    this.plan();
  }

  /** Reads now, or joins the reading under way; it is wanted in this language. Never rejects. */
  ask(lang = this.lang): Promise<void> {
    this.lang = lang;
    return (this.busy ??= this.#read().finally(() => {
      this.busy = undefined;
      this.plan();
      this.#following?.gather();
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
        this.reading = await read(this, this.#abort, !!this.#following?.full);
        this.failure = undefined;
        this.#following?.follow(this.reading.problems !== last?.problems);
        const dead = this.reading.engine?.dead; // meanwhile, of another source
        if (dead) throw dead;
      } catch (error) {
        const { culprit } = error as Failure;
        if (!spared && culprit && culprit !== this.id) continue;
        this.fail(error);
      }
      break;
    }
    await this.show();
    if (!this.failure) this.failures = 0;
    this.ended = Date.now();
  }

  #listen(address: string): void {
    if (this.#following) this.#following.listen(address);
    else if (address) {
      void following.load().then(
        ({ Following }) => {
          this.#deaf = false;
          if (this.#following || !this.#widgets.size) return;
          this.#following = new Following(this);
          this.plan();
        },
        () => {
          this.#deaf = true; // until it is planned again
        },
      );
    }
  }

  async show(widgets: Iterable<Widget> = this.#widgets): Promise<void> {
    await Promise.all(
      [...widgets].map(async (widget) => {
        // If the engine broke, that is one failure for all that it did not get to.
        while (await widget.show().then(
          () => false,
          (error) => this.fail(error),
        ));
      }),
    );
  }

  fail(error: unknown): true {
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
  plan = (): void => {
    clearTimeout(this.#timer);
    const addresses = [...this.#widgets].map((widget) => widget.stream(this.address));
    this.#listen((!isHidden() && this.ready && addresses.find(Boolean)) || "");
    const wanted = this.#intervals();
    if (this.busy || isHidden() || this.live || !wanted.length) return;
    const ms = delay(Math.min(...wanted), this.failures, this.failure?.retryAfter ?? 0);
    // Counted from the last reading, so that a page that was hidden catches up
    // at once; or from now, once, should the clock have been set back.
    this.ended = Math.min(this.ended, Date.now());
    this.#timer = setTimeout(() => void this.ask(), this.ended + ms - Date.now());
  };
}
