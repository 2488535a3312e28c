// A source is one feed address with all widgets of the page that show it: one
// fetch, one timer, one copy in the engine.

import { endEngine, forget } from "./engine";
import { Failure } from "./failure";
import { type Reading, read } from "./reading";
import { delay } from "./schedule";

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
  /** The event stream, and its address; "" is none. A stream that is closed is opened again with the next reading. */
  #events: EventSource | undefined;
  #address = "";
  /** Whether the engine hears at once of all that changes: then nobody need ask. */
  live = false;
  /** Number of the last change that is known; 0 = none. */
  #after = 0;
  /** Events that the engine does not know yet, or that only a reading explains; and when it will. */
  #news: string[] = [];
  #unclear = false;
  #gathering: ReturnType<typeof setTimeout> | undefined;
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
      clearTimeout(this.#gathering);
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
      this.#gather();
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
    if (this.#events?.readyState === 2) this.#address = "";
    this.#abort = new AbortController();
    try {
      const last = this.reading;
      this.reading = await read(this, this.#abort);
      this.failure = undefined;
      this.#follow(this.reading.problems !== last?.problems);
      const { dead } = this.reading.engine; // meanwhile, of another source
      if (dead) throw dead;
    } catch (error) {
      this.#fail(error);
    }
    await this.#show(this.#widgets);
    if (!this.failure) this.failures = 0;
    this.#ended = Date.now();
  }

  /** Listens to this address, from what is known on, or to none; goes on if it does already. */
  #listen(address: string): void {
    if (address === this.#address) return;
    this.#address = address;
    this.#events?.close();
    this.live = false;
    if (!address) return;
    const url = new URL(address);
    url.searchParams.set("after", `${this.#after}`);
    const events = (this.#events = new EventSource(url));
    // After an error the browser comes back by itself, and goes on after the last
    // event; unless what answers is no stream.
    events.onopen = events.onerror = ({ type }) => {
      if (this.live) this.#ended = Date.now(); // everything was known until now
      this.live = type === "open";
      void this.#show(this.#widgets);
      this.#plan();
    };
    for (const type of ["pledge", "snapshot"]) {
      events.addEventListener(type, ({ lastEventId, data }: MessageEvent<string>) => {
        this.#after = Number(lastEventId);
        // Nobody knows what a snapshot changes in pledges, or a pledge in counts;
        // nothing, if it is of what was read.
        if (this.reading!.snapshot !== (type === "snapshot")) this.#unclear = this.#after !== this.reading!.sequence;
        else if (this.reading!.snapshot) this.#news = [data];
        else this.#news.push(data);
        this.#gather();
      });
    }
  }

  /** Has the stream go on from what was read, if that is not where it is. */
  #follow(decoded: boolean): void {
    const { sequence } = this.reading!;
    if (sequence && (decoded || this.#unclear) && sequence !== this.#after) {
      this.#after = sequence;
      this.#address = "";
    }
    this.#unclear = false;
  }

  #gather(): void {
    if (this.busy || !(this.#unclear || this.#news.length)) return;
    this.#gathering ??= setTimeout(() => void this.#tell(), this.#unclear ? SOON : GATHER);
  }

  /** Tells the engine what was gathered. Never rejects. */
  async #tell(): Promise<void> {
    this.#gathering = undefined;
    if (this.#unclear) return this.read();
    const { reading } = this;
    if (this.busy || !this.ready) return; // once it is read
    try {
      await reading!.engine.call("revise", this.id, this.#news.splice(0).join("\n"));
      if (this.reading === reading) this.reading = { ...reading!, at: new Date().toISOString() };
    } catch (error) {
      this.#fail(error);
    }
    await this.#show(this.#widgets);
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

  /**
   * Listens while somebody looks, and sets the timer: none while reading, while
   * the page is hidden or hears of all changes, or if nobody wants one.
   */
  #plan = (): void => {
    clearTimeout(this.#timer);
    const widgets = [...this.#widgets];
    this.#listen((!document.hidden && this.ready && widgets.map((widget) => widget.stream(this.url)).find(Boolean)) || "");
    const wanted = widgets.map((widget) => widget.interval()).filter(Boolean);
    if (this.busy || document.hidden || this.live || !wanted.length) return;
    const ms = delay(Math.min(...wanted), this.failures, this.failure?.retryAfter ?? 0);
    // Counted from the last reading, so that a page that was hidden catches up
    // at once; never more than ms ahead, should the clock have been set back.
    const left = Math.min(ms, this.#ended + ms - Date.now());
    this.#timer = setTimeout(() => void this.read(), left);
  };
}
