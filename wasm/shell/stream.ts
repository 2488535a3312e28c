// An event stream is one address with all sources of the page that follow it: one
// connection, however many widgets there are, as a browser has few for a host.

import { backOff } from "./schedule";

/** Milliseconds between two attempts to open a stream, whatever a server says. */
const FLOOR = 1000;

/** Milliseconds between two heartbeats if they don't say; and half of those that an answer may take. */
const BEAT = 15_000;

/** What follows a stream. */
export interface Follower {
  /** Number of the last change that it knows; 0 = none. */
  readonly after: number;
  /** A change that it does not know yet; a snapshot in any case. */
  hear(type: string, number: number, data: string): void;
  /** The stream has begun, ended, or got lost. */
  turn(): void;
}

const streams = new Map<string, Stream>();

/** The stream of an absolute URL, shared by all that ask for it. */
export function streamOf(address: string): Stream {
  let stream = streams.get(address);
  if (!stream) streams.set(address, (stream = new Stream(address)));
  return stream;
}

export class Stream {
  /** Whether it is open: then all that changes is heard at once. */
  live = false;
  /** Whether it beats: then silence says that it is dead. */
  beats = false;
  /** Whether it could not be opened, or did not stay so. */
  lost = false;
  #followers = new Set<Follower>();
  #events: EventSource | undefined;
  /** Number of the last change that was sent; 0 = none. */
  #at = 0;
  /** When it was opened last, or broke. */
  #since = 0;
  /** Attempts in a row that came to nothing. */
  #failures = 0;
  #beat = BEAT;
  /** Ends the silence, or the pause before the next attempt. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly address: string) {}

  /** For a source that is new here, or has gone back to an earlier change. */
  join(follower: Follower): void {
    if (!this.#followers.size) addEventListener("online", this.#open);
    this.#followers.add(follower);
    if (!this.#events ? !this.lost : follower.after < this.#at) this.#open();
  }

  /** The last one to leave ends the stream. */
  leave(follower: Follower): void {
    this.#followers.delete(follower);
    if (this.#followers.size) return;
    streams.delete(this.address);
    removeEventListener("online", this.#open);
    this.#close();
  }

  #close(): void {
    clearTimeout(this.#timer);
    this.#events?.close();
    this.#events = undefined;
    this.live = false;
  }

  #open = (): void => {
    this.#close();
    this.#at = Math.min(...[...this.#followers].map(({ after }) => after));
    const url = new URL(this.address);
    url.searchParams.set("after", `${this.#at}`);
    const events = (this.#events = new EventSource(url));
    events.onopen = () => {
      this.live = true;
      this.lost = false;
      this.#since = performance.now();
      this.#listen();
      this.#tell();
    };
    events.onerror = () => {
      // Of a stream that has held the browser opens the next one, when the server
      // has asked for it; of any other we do, and later each time.
      const held = this.live && events.readyState !== 2 && performance.now() - this.#since > FLOOR;
      if (!held) return this.#lose();
      this.#failures = 0;
      this.live = false;
      this.#listen();
      this.#tell();
    };
    for (const type of ["pledge", "snapshot", "heartbeat"]) events.addEventListener(type, this.#hear);
    this.#listen();
  };

  #hear = ({ type, lastEventId, data }: MessageEvent<string>): void => {
    if (type === "heartbeat") {
      this.beats = true;
      this.#beat = Math.max(Number(/\d+/.exec(data)), FLOOR) || BEAT;
    }
    this.#listen();
    if (type === "heartbeat") return this.#tell();
    const number = Number(lastEventId) || 0; // 0 = it does not say
    this.#at = number || this.#at;
    for (const follower of this.#followers) {
      if (type === "snapshot" || !number || number > follower.after) follower.hear(type, number, data);
    }
  };

  /** Waits for the next sign of life, but not for ever. */
  #listen(): void {
    clearTimeout(this.#timer);
    if (this.beats || !this.live) this.#timer = setTimeout(this.#lose, 2 * this.#beat);
  }

  #lose = (): void => {
    this.#close();
    this.lost = true;
    this.#timer = setTimeout(this.#open, backOff(FLOOR, this.#failures++));
    this.#tell();
  };

  #tell(): void {
    for (const follower of [...this.#followers]) follower.turn();
  }
}
