// An event stream is one address with all sources of the page that follow it: one
// connection, however many widgets there are, as a browser has few for a host.

/** Milliseconds between two attempts to open a stream, whatever a server says. */
const FLOOR = 1000;

/** Milliseconds between two heartbeats if they don't say; and half of those that an answer may take. */
const BEAT = 15_000;

/** What follows a stream. */
export interface Follower {
  /** Number of the last change that it knows; 0 = none. */
  readonly known: number;
  /** What the server calls that change: the number, or more. */
  readonly cursor: string;
  /** A change that it does not know yet; a snapshot in any case. */
  hear(event: News): void;
  /** The stream has begun, ended, or got lost. */
  settle(): void;
}

/** What a stream has sent. */
export interface News {
  readonly whole: boolean; // a snapshot
  readonly data: string;
  /** Number of the change; 0 = it does not say; and what the server calls it. */
  readonly number: number;
  readonly cursor: string;
}

const streams = new Map<string, Stream>();

/** The stream of an absolute URL, shared by all that ask for it. */
export function streamOf(address: string): Stream {
  let stream = streams.get(address);
  if (!stream) streams.set(address, (stream = new Stream(address)));
  return stream;
}

export class Stream {
  /** Whether it is open, and beats: then all that changes is heard at once, and silence says that it is dead. */
  live = false;
  /** Whether it could not be opened, or did not stay so. */
  lost = false;
  #followers = new Set<Follower>();
  #events: EventSource | undefined;
  /** Number of the last change that was sent; 0 = none. */
  #at = 0;
  /** When it was opened; NaN = it isn't open. */
  #since = NaN;
  /** Attempts in a row that came to nothing. */
  #failures = 0;
  #beat = BEAT;
  /** Ends the silence, or the pause before the next attempt. */
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly address: string) {}

  /** For a source that is new here, or has gone back to an earlier change. */
  enter(follower: Follower): void {
    if (!this.#followers.size) addEventListener("online", this.#open);
    this.#followers.add(follower);
    if (!this.#events ? !this.lost : follower.known < this.#at) this.#open();
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
    this.#since = NaN;
  }

  #open = (): void => {
    this.#close();
    const [first] = [...this.#followers].sort((a, b) => a.known - b.known);
    this.#at = first!.known;
    const url = new URL(this.address);
    url.searchParams.set("after", first!.cursor);
    const events = (this.#events = new EventSource(url));
    events.onopen = () => {
      this.lost = false;
      this.#since = performance.now();
      this.#listen();
      this.#tell();
    };
    events.onerror = () => {
      // Of a stream that has held the browser opens the next one, when the server
      // has asked for it; of any other we do, and later each time.
      const held = events.readyState !== 2 && performance.now() - this.#since > FLOOR;
      if (!held) return this.#lose();
      this.live = false;
      this.#failures = 0;
      this.#since = NaN;
      this.#listen();
      this.#tell();
    };
    for (const type of ["pledge", "snapshot", "heartbeat"]) events.addEventListener(type, this.#hear);
    this.#listen();
  };

  #hear = ({ type, lastEventId, data }: MessageEvent<string>): void => {
    if (type === "heartbeat") {
      this.live = true;
      this.#beat = Number(/\d+/.exec(data)) || BEAT; // {"interval":15000}
      this.#tell();
    } else {
      const whole = type === "snapshot";
      const number = parseInt(lastEventId) || 0;
      this.#at = number || this.#at;
      for (const follower of this.#followers) {
        if (whole || !number || number > follower.known) follower.hear({ whole, data, number, cursor: lastEventId });
      }
    }
    this.#listen(); // unless that was too much for the last of them
  };

  /** Waits for the next sign of life, but not for ever. */
  #listen(): void {
    clearTimeout(this.#timer);
    if (this.live || this.#events?.readyState === 0) this.#timer = setTimeout(this.#lose, 2 * this.#beat);
  }

  #lose = (): void => {
    this.#close();
    this.lost = true;
    // Later each time, up to two minutes; and not with all who have lost it together.
    this.#timer = setTimeout(this.#open, FLOOR * 2 ** Math.min(this.#failures++, 6) * (1 + Math.random()));
    this.#tell();
  };

  #tell(): void {
    for (const follower of this.#followers) follower.settle();
  }
}
