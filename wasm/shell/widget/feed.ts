// A feed or a snapshot, which the engine has: how it is read into it, and what its
// stream has said since.

import type { Engine } from "../common/engine";
import type { GcmProblem } from "./gcm-pledges";
import type { News } from "./stream";
import { begin } from "./words";

/** The engine's answer to "done" and "revise". */
interface Report {
  readonly kind: "feed" | "snapshot";
  readonly problems: readonly GcmProblem[];
  /** Records that are not counted. */
  readonly unread: number;
  readonly sequence?: number;
}

/** What the engine has read. */
export interface Counted {
  /** The engine that has it; useless once that is dead. */
  readonly engine: Engine;
  readonly problems: readonly GcmProblem[];
  /** Number of the last change that is in it; 0 = unknown. */
  readonly sequence: number;
}

export class Feed {
  /** Whether it holds counts, and no pledges. */
  #snapshot = false;
  /** Events that the engine does not know yet. */
  #news: News[] = [];
  /** Characters of all events since the feed was decoded. */
  size = 0;

  constructor(
    /** Its name in the engine. */
    readonly id: string,
    /** Where the engine is. */
    readonly address: string,
    readonly trusted: Parameters<typeof begin>[1],
    /** Where the words are. */
    readonly where: Parameters<typeof begin>[2],
  ) {}

  /** Starts the engine if need be, and fetches the words of a language beside it. */
  begin(lang: string): Promise<Engine> {
    return begin(this.address, this.trusted, this.where, lang);
  }

  /** Has the engine read it; next gives its bytes. */
  async count(engine: Engine, type: string, next: () => Promise<Uint8Array | undefined>): Promise<Counted> {
    await engine.call("feed", this.id, type);
    for (let chunk; (chunk = await next()); ) await engine.call("chunk", this.id, chunk);
    const { kind, problems, sequence = 0 } = await engine.call<Report>("done", this.id);
    this.#snapshot = kind === "snapshot";
    return { engine, problems, sequence };
  }

  /**
   * Takes an event. Says no where nobody knows what it changes: a snapshot in
   * pledges, or a pledge in counts.
   */
  take(event: News): boolean {
    if (this.#snapshot !== event.whole) return false;
    if (event.whole) this.clear();
    this.#news.push(event);
    this.size = event.data.length + (event.whole ? 0 : this.size);
    return true;
  }

  /** Whether there are events that the engine does not know. */
  get waits(): boolean {
    return this.#news.length > 0;
  }

  clear(): void {
    this.#news = [];
  }

  /**
   * Tells the engine what there is, and returns the numbers of events that can't
   * be read. They are found by halves, so that they take no others with them.
   */
  async tell(engine: Engine): Promise<number[]> {
    const bad: number[] = [];
    const take = async (some: News[]): Promise<void> => {
      if (await this.#revise(engine, some)) return;
      const half = some.length >> 1;
      if (half) {
        await take(some.slice(0, half));
        await take(some.slice(half));
      } else bad.push(some[0]!.number);
    };
    await take(this.#news.splice(0));
    return bad;
  }

  /** Says whether the engine has taken all of them. */
  async #revise(engine: Engine, some: News[]): Promise<boolean> {
    try {
      for (const { data } of some) JSON.parse(data); // or two halves would be a whole
      return !(await engine.call<Report>("revise", this.id, `${some.map(({ data }) => data)}`)).unread;
    } catch (error) {
      if (engine.dead) throw error;
      return false;
    }
  }
}
