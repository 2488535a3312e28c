// A source is one feed address with all widgets of the page that show it: one
// fetch, one timer, one copy in the engine.

import { endEngine, forget } from "./engine";
import { Failure } from "./failure";
import { type Reading, read } from "./reading";
import { delay } from "./schedule";

/** What a source needs of a widget. */
export interface Widget {
  /** Milliseconds between two readings, 0 = never again. */
  interval(): number;
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

  constructor(readonly url: string) {
    document.addEventListener("visibilitychange", this.#plan);
  }

  /** Whether the engine has something to show of it. */
  get ready(): boolean {
    return !!this.reading && !this.reading.engine.dead;
  }

  /** For a widget that is new here, or whose attributes have changed. */
  join(widget: Widget): void {
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
      sources.delete(this.url);
      document.removeEventListener("visibilitychange", this.#plan);
      this.#abort.abort(); // a reading under way hands nothing more to the engine
      forget("drop", this.id);
      endEngine(() => sources.size);
    }
    this.#plan();
  }

  /** Reads now, or joins the reading under way. Never rejects. */
  read(): Promise<void> {
    return (this.busy ??= this.#read().finally(() => {
      this.busy = undefined;
      this.#plan();
    }));
  }

  /** A reading that starts after this call, so that it sees what is there now. Never rejects. */
  refresh(): Promise<void> {
    return (this.#queued ??= Promise.resolve(this.busy).then(() => {
      this.#queued = undefined;
      return this.read();
    }));
  }

  async #read(): Promise<void> {
    if (!this.#widgets.size) return;
    this.#abort = new AbortController();
    try {
      this.reading = await read(this, this.#abort);
      this.failure = undefined;
      const { dead } = this.reading.engine; // meanwhile, of another source
      if (dead) throw dead;
    } catch (error) {
      this.#fail(error);
    }
    await this.#show(this.#widgets);
    if (!this.failure) this.failures = 0;
    this.#ended = Date.now();
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

  /** Sets the timer: none while reading, while the page is hidden, or if nobody wants one. */
  #plan = (): void => {
    clearTimeout(this.#timer);
    const wanted = [...this.#widgets].map((widget) => widget.interval()).filter(Boolean);
    if (this.busy || document.hidden || !wanted.length) return;
    const ms = delay(Math.min(...wanted), this.failures, this.failure?.retryAfter ?? 0);
    // Counted from the last reading, so that a page that was hidden catches up
    // at once; never more than ms ahead, should the clock have been set back.
    const left = Math.min(ms, this.#ended + ms - Date.now());
    this.#timer = setTimeout(() => void this.read(), left);
  };
}
