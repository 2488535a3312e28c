// The tabs of an origin that follow one stream. One of them has the lock: it reads,
// and tells the others what it hears. When it is gone, however it went, the browser
// gives the lock to the next one.

/** What the one that reads tells the others; or what one of those asks. */
export interface Message {
  /** Its event, or what has become of its connection; none if it is a question. */
  readonly type?: string;
  readonly data?: string;
  /** What the server calls the change, and the one before it. */
  readonly cursor?: string;
  readonly at: string;
  /** Milliseconds until it goes on, and after how many attempts, if it is lost. */
  readonly within?: number;
  readonly failures?: number;
}

export class Tabs {
  /** Whether this one has the lock. */
  leads = false;
  #channel: BroadcastChannel;
  #end = new AbortController();
  #release: (() => void) | undefined;

  /** Throws where there are no locks. Calls lead in a later turn, with the lock; where the browser gives none, each leads. */
  constructor(
    readonly name: string,
    readonly lead: () => void,
    hear: (message: Message) => void,
  ) {
    this.#channel = new BroadcastChannel(name);
    this.#wait();
    this.#channel.onmessage = ({ data }) => hear(data);
  }

  /** Stands in line for the lock. */
  #wait(): void {
    const { signal } = this.#end;
    const turn = () =>
      new Promise<void>((release) => {
        this.#release = release;
        this.leads = true;
        this.lead();
      });
    navigator.locks.request(this.name, { signal }, turn).catch(() => (signal.aborted ? undefined : turn()));
  }

  /** Lets the others go first, if it is this one's turn. */
  pass(): void {
    if (!this.leads) return;
    this.leads = false;
    this.#wait();
    this.#release!();
  }

  tell(message: Message): void {
    this.#channel.postMessage(message);
  }

  end(): void {
    this.#end.abort();
    this.#release?.();
    this.#channel.close();
  }
}
