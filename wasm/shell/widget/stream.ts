// An event stream is one address with all sources of the page that follow it, and
// with those of all tabs of the origin: one connection, however many widgets there
// are, as a browser has few for a host. The tab that reads tells the others what it
// hears, and they take it as if they had read it; see Tabs.

import { type Message, Tabs } from "./tabs";

/** Milliseconds between two attempts to open a stream, whatever a server says. */
const FLOOR = 1000;

/** Milliseconds that the tab that reads has for an answer; then this one reads, too. */
const ANSWER = 2000;

/** Milliseconds between two heartbeats if they don't say; and half of those that an answer may take. */
const BEAT = 15_000;

/** What follows a stream. */
export interface Follower {
  /** What the server calls the last change that it knows: its number, or more; "0" = none. */
  readonly cursor: string;
  /** A change that it does not know yet; a snapshot in any case. */
  hear(event: News): void;
  /** This is the last change that the server knows. */
  beat(at: string): void;
  /** The stream has begun, ended, or got lost. */
  settle(): void;
}

/** What a stream has sent. */
export interface News {
  readonly whole: boolean; // a snapshot
  readonly data: string;
  /** Number of the change; 0 = it does not say; what the server calls it, and the one before it. */
  readonly number: number;
  readonly cursor: string;
  readonly at: string;
}

const streams = new Map<string, Stream>();

/** The stream of an absolute URL, shared by all that ask for it. */
export function streamOf(address: string): Stream {
  let stream = streams.get(address);
  if (!stream) streams.set(address, (stream = new Stream(address)));
  return stream;
}

/** Number of a change by what the server calls it; 0 = it does not say. */
export const numberOf = (cursor: string): number => parseInt(cursor) || 0;

/** The earlier one of two changes; if they are one, what says less of it. */
const earlier = (a: string, b: string): string => ((numberOf(a) - numberOf(b) || a.length - b.length) < 0 ? a : b);

export class Stream {
  /** Whether it is open, and beats: then all that changes is heard at once, and silence says that it is dead. */
  live = false;
  /** Whether it could not be opened, or did not stay so. */
  lost = false;
  #followers = new Set<Follower>();
  #tabs: Tabs | undefined;
  /** What is read here. */
  #events: EventSource | undefined;
  /** The last change that was sent. */
  #at = "0";
  /** From where on another tab was asked to read. */
  #asked = "";
  /** When it was opened; NaN = it isn't open. */
  #since = NaN;
  /** Attempts in a row that came to nothing. */
  #failures = 0;
  #beat = BEAT;
  /** Ends the silence. */
  #silence: ReturnType<typeof setTimeout> | undefined;
  /** Ends the pause before the next attempt. */
  #pause: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly address: string) {}

  /** For a source that is new here, or has gone back to an earlier change. */
  enter(follower: Follower): void {
    const first = !this.#followers.size;
    this.#followers.add(follower);
    if (!first) {
      this.#check();
      if (this.live || this.lost) follower.settle();
      return;
    }
    addEventListener("online", this.#open);
    try {
      this.#tabs = new Tabs(`gcm-pledges 1 ${this.address}`, this.#lead, this.#told);
    } catch {} // each reads by itself
    this.#open();
  }

  /** The last one to leave ends the stream. */
  leave(follower: Follower): void {
    this.#followers.delete(follower);
    if (this.#followers.size) return;
    streams.delete(this.address);
    removeEventListener("online", this.#open);
    this.#close();
    this.#tabs?.end();
  }

  /** The earliest change that one of the followers knows. */
  get #known(): string {
    return [...this.#followers].map(({ cursor }) => cursor).reduce(earlier);
  }

  #close(): void {
    clearTimeout(this.#pause);
    this.#listen(0);
    this.#events?.close();
    this.#events = undefined;
    this.live = false;
    this.#since = NaN;
  }

  /** Has the stream read, by this tab if no other one does. */
  #open = (): void => {
    this.#close();
    if (!this.#tabs || this.#tabs.leads) return this.#read();
    this.#asked = "";
    this.#ask();
    this.#pause = setTimeout(this.#lead, ANSWER);
  };

  /** It is this tab's turn to read. */
  #lead = (): void => {
    if (this.#events) this.#answer(this.#at);
    else this.#read();
  };

  /** Has what a follower has missed sent once more. */
  #check(): void {
    if (numberOf(this.#known) >= numberOf(this.#at)) return;
    if (this.#events) this.#read();
    else this.#ask();
  }

  #ask(): void {
    const at = this.#known;
    if (at !== this.#asked) this.#tabs?.tell({ at });
    this.#asked = at;
  }

  /** Tells a tab that asks what there is to know, or has it sent. */
  #answer(at: string): void {
    if (!this.#events || numberOf(at) < numberOf(this.#at)) return this.#read(at);
    const open = this.#events.readyState ? "open" : "wait";
    this.#tabs!.tell({ type: this.live ? "heartbeat" : open, data: `${this.#beat}`, at: this.#at });
  }

  #read(asked = this.#known): void {
    this.#close();
    this.#at = earlier(asked, this.#known);
    const url = new URL(this.address);
    url.searchParams.set("after", this.#at);
    const events = (this.#events = new EventSource(url));
    events.onopen = () => this.#say("open");
    events.onerror = () => {
      // Of a stream that has held the browser opens the next one, when the server
      // has asked for it; of any other we do, and later each time.
      if (events.readyState !== 2 && this.#held()) this.#say("wait");
      else this.#lose();
    };
    const hear = ({ type, data, lastEventId }: MessageEvent<string>) => this.#say(type, data, lastEventId);
    for (const type of ["pledge", "snapshot", "heartbeat"]) events.addEventListener(type, hear);
    this.#say("wait");
  }

  /** Whether it was open for a while. */
  #held(): boolean {
    const held = performance.now() - this.#since > FLOOR;
    if (held) this.#failures = 0;
    return held;
  }

  /** Takes what is read here, and tells the other tabs. */
  #say(type: string, data = "", cursor = ""): void {
    const message = { type, data, cursor, at: this.#at };
    if (this.#tabs?.leads) this.#tabs.tell(message);
    this.#take(message);
  }

  /** Another tab has said something. */
  #told = (message: Message): void => {
    if (!message.type) {
      if (this.#tabs!.leads) this.#answer(message.at);
    } else if (!this.#events) {
      this.#at = message.at;
      if (message.type === "wait") this.#asked = "";
      this.#check();
      this.#take(message);
    }
  };

  #take({ type, data = "", cursor = "", at, within, failures }: Message): void {
    clearTimeout(this.#pause);
    switch (type) {
      case "wait": // the browser opens it
        if (this.live || !this.#silence) this.#listen();
        this.live = false;
        this.#since = NaN;
        break;
      case "open":
        this.#since = performance.now();
        break;
      case "heartbeat": {
        const [, beat, now] = /(\d+)(?:.*"at":"(.*?)")?/.exec(data) ?? []; // {"interval":15000,"at":"43-00c0ffee00c0ffee"}
        this.#beat = Number(beat) || BEAT;
        // If it doesn't say where the record is: the first one comes before what was missed.
        if (now || this.live) for (const follower of this.#followers) follower.beat(now || at);
        this.live = true;
        this.lost = false;
        this.#listen();
        break;
      }
      case "lost":
        this.#close();
        this.lost = true;
        this.#failures = failures!;
        this.#pause = setTimeout(this.#open, within);
        break;
      default: {
        this.lost = false;
        const number = numberOf(cursor);
        if (number) this.#at = cursor;
        const whole = type === "snapshot";
        for (const follower of this.#followers) {
          const known = numberOf(follower.cursor);
          // None misses what came before it.
          if (whole || (known >= numberOf(at) && (!number || number > known))) follower.hear({ whole, data, number, cursor, at });
        }
        // Unless that was too much for the last of them, or it doesn't beat.
        return this.#listen(this.live ? 2 : 0);
      }
    }
    this.#tell();
  }

  /** Waits for the next sign of life, but not for ever: for so many heartbeats, or no more. */
  #listen(beats = 2): void {
    clearTimeout(this.#silence);
    this.#silence = beats ? setTimeout(this.#lose, beats * this.#beat) : undefined;
  }

  #lose = (): void => {
    const reads = this.#events;
    // One that is open and has said nothing at all may be held back on its way.
    if (reads?.readyState === 1 && !this.live) {
      this.#silence = undefined;
      this.lost = true;
      return this.#tell();
    }
    this.#held();
    this.#close();
    this.lost = true;
    if (reads) {
      // Later each time, up to two minutes; and not with all who have lost it together.
      const pause = FLOOR * 2 ** Math.min(this.#failures++, 6) * (1 + Math.random());
      if (this.#tabs?.leads) this.#tabs.tell({ type: "lost", at: this.#at, within: pause + ANSWER, failures: this.#failures });
      this.#pause = setTimeout(this.#again, pause);
    } else this.#open();
    this.#tell();
  };

  /** Reads once more, or lets another tab try. */
  #again = (): void => {
    this.#tabs?.pass();
    this.#open();
  };

  #tell(): void {
    for (const follower of this.#followers) follower.settle();
  }
}
