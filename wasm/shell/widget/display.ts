// What a widget shows: the engine's view in the shadow root, the sentence that
// says it is not current, custom states and events.

import { Announcer } from "./announcer";
import { type Change, apply, grow, unfold } from "./dom";
import { forget } from "../common/engine";
import { Failure } from "../common/failure";
import type { GcmErrorDetail, GcmSummary, GcmUpdateDetail } from "./gcm-pledges";
import { look } from "../common/look";
import { createElement } from "../common/page";
import type { Reading } from "./reading";
import type { Source } from "./source";

/** The engine's answer to "view". */
interface Answer {
  readonly changes: readonly Change[];
  readonly text: string;
  /** What to say once the number is not current any more. */
  readonly stale: string;
  /** The words of the button beside that. */
  readonly retry: string;
  /** What to say of a change of the number, or of the order. */
  readonly said: string;
  /** What a count from the last number to this one passes; nothing if there was none. */
  readonly count: readonly string[];
  readonly summary: GcmSummary;
}

/** A failure, and what it is of: a source, or the text of the attribute src. */
export type Failed = { readonly failure: Failure; readonly address: string };

/** The custom states; :state(live) and so on in CSS. */
type State = "loading" | "live" | "stale" | "error";

const HOUR = 3_600_000;

/** The DOM is not what the engine believes it is: once more, all of it. */
const DISTURBED = "view changed";

let made = 0;

/** What a display asks its element. */
export interface Asks {
  /** What is shown; none if the element has left the page. */
  sources(): readonly Source[];
  /** What the engine needs to know of the element. */
  options(): Record<string, string>;
  /** Takes the reader's choices back; false if there are none. */
  retract(): boolean;
}

export class Display {
  /** Null until there is a view. */
  summary: GcmSummary | null = null;
  /** Whether the reader has chosen something that is not shown yet. */
  chosen = false;
  /** Name in the engine. */
  #id = `w${++made}`;
  /** What is shown, if the engine knows it too: of which readings, with which options. */
  #readings: readonly Reading[] = [];
  #options = "";
  /** Root of the view; below it the note, if the view is not current. */
  #view: Element | undefined;
  #note = createElement("p");
  #retry = createElement("button");
  /** What the note says when it is there. */
  #stale = "";
  #announcer = new Announcer();
  /** The failures that the page has been told of, until they are over. */
  #told: readonly string[] = [];
  /** The last of what is to be shown, one after the other. */
  #showing: Promise<void> = Promise.resolve();
  /** Grows when the engine forgets this widget: what it said before is not for the page any more. */
  #turn = 0;
  /** The next step of a count. */
  #step = 0;

  constructor(
    readonly host: HTMLElement,
    /** Of an element that a test runner made it may be missing. */
    readonly internals: ElementInternals | undefined,
    readonly asks: Asks,
  ) {
    this.#note.setAttribute("part", "stale");
    this.#retry.setAttribute("part", this.#retry.name = "retry");
  }

  /**
   * Shows what the engine has of the sources, as soon as each of them has been
   * read or has failed. Rejects with a Failure if the engine breaks.
   */
  show(): Promise<void> {
    return (this.#showing = this.#showing.catch(() => {}).then(() => this.#show()));
  }

  async #show(again = false): Promise<void> {
    const sources = this.asks.sources();
    const waiting = sources.filter((source) => !source.ready && !source.failure);
    for (const source of waiting) void source.ask();
    if (waiting.length || !sources.length) return;

    const ready = sources.filter((source) => source.ready);
    const failed = sources.flatMap(({ failure, address }) => (failure ? { failure, address } : [])); // as it is now
    // Sources that have never been read are left out, and the view says so.
    const missing = sources.length - ready.length;
    const url = sources.map((source) => source.address).join(" ");
    const readings = ready.map(({ reading }) => reading!);
    const turn = this.#turn;
    let news;
    try {
      if (ready.length) news = await this.#render(ready, readings, missing, url);
      if (turn !== this.#turn) return;
      if (news === DISTURBED) {
        if (again) throw news;
        forget("forget", this.#id);
        return this.#show(true);
      }
    } catch (error) {
      if (turn !== this.#turn) return;
      if (readings[0]!.engine.dead) throw error;
      const failure = Failure.of(error, "unsupported");
      // A choice may have come with a link, from anybody, or is not the last one.
      if (failure.code === "filter" && (this.chosen || this.asks.retract())) return this.#show();
      this.settle([{ failure, address: url }]);
      return;
    }
    const stale = failed.length > missing || !ready.length || ready.some(({ lost }) => lost);
    this.settle(failed, stale ? "stale" : "live");
    if (news) this.tell<GcmUpdateDetail>("gcm-update", news);
  }

  /** Marks what is shown as current, or as not, or leaves that open. Tells of each failure once. */
  settle(failed: readonly Failed[], state?: "live" | "stale"): void {
    const view = this.#view;
    const text = view && state === "stale" ? this.#stale : "";
    if (text !== (this.#note.firstChild?.nodeValue ?? "")) {
      this.#note.textContent = text;
      if (text) {
        this.#note.append(" ", this.#retry);
        view!.after(this.#note);
        this.#say(text);
      } else this.#note.remove();
    }
    this.#states(view && state, failed.length && "error");
    this.#told = failed.map(({ failure: { code, message }, address: source }) => {
      const what = `${code} ${source}`;
      if (!this.#told.includes(what)) this.tell<GcmErrorDetail>("gcm-error", { code, message, source });
      return what;
    });
  }

  /** Says that a first result is on its way, unless there has been one. */
  expect(): void {
    if (!this.#view && !this.#told.length) this.#states("loading");
  }

  /** Lets the engine forget this widget; the next view comes whole. */
  forget(): void {
    this.#turn++;
    this.#readings = [];
    this.#announcer.hush();
    forget("forget", this.#id);
  }

  /** Returns what is new; undefined if nothing can be, or if the answer is not for the page any more. */
  async #render(
    ready: readonly Source[],
    readings: readonly Reading[],
    missing: number,
    source: string,
  ): Promise<GcmUpdateDetail | typeof DISTURBED | undefined> {
    const read = readings.map(({ at }) => at).sort()[0]!;
    const now = Date.now();
    const options = {
      source: ready.map(({ id }) => id).join(" "),
      live: `${ready.every(({ live }) => live)}`,
      missing: `${missing}`,
      read,
      // When it was read, or some hours later: there is not a new view each second.
      now: new Date(now - ((now - Date.parse(read)) % HOUR)),
      ...this.asks.options(),
    };
    const asked = JSON.stringify(options);
    // Moved within the page, or a change of what the engine does not care about.
    if (asked === this.#options && readings.every((reading, i) => reading === this.#readings[i])) return undefined;
    const { chosen } = this;
    const { engine } = readings[0]!;
    // What a server has rendered, or an engine that broke: it is not replaced by the same.
    const shown = engine === this.#readings[0]?.engine ? "" : this.#old()?.outerHTML;
    this.chosen = false;
    this.#readings = [];
    const turn = this.#turn;
    const answer = await engine.call<Answer>("view", this.#id, JSON.stringify({ ...options, shown }));
    const made = await grow(answer.changes);
    if (turn !== this.#turn) return undefined;
    const first = !this.#old();
    try {
      this.#draw(answer, made);
    } catch {
      this.chosen ||= chosen;
      return DISTURBED;
    }
    const { changes, text, stale, retry, said, summary } = answer;
    const { total } = summary.counts;
    if (this.summary && (chosen || total !== this.summary.counts.total)) this.#say(said, chosen);
    this.#readings = readings;
    this.#options = asked;
    this.#stale = stale;
    this.#retry.textContent = retry;
    if (first) await unfold(this.#view!);
    this.summary = summary;
    const problems = readings.flatMap((reading) => reading.problems);
    return { total, text, summary, source, changed: changes.length > 0, problems };
  }

  /** The view that is on the page: ours, or the same or an older one, rendered by the server. */
  #old(): Element | null | undefined {
    return this.#view ?? this.#shadow?.querySelector("[part~=view]");
  }

  get #shadow(): ShadowRoot | null {
    return (this.internals ?? this.host).shadowRoot;
  }

  /** Gives the view its look, also in another document. Whoever has it of the server need not be laid out anew. */
  dress(): void {
    const shadow = this.#shadow;
    if (shadow && !shadow.querySelector<HTMLLinkElement>("link")?.sheet) look.dress(shadow);
  }

  #draw({ changes, count }: Answer, made: Element | undefined): void {
    const focused = this.#shadow?.activeElement as HTMLButtonElement | null | undefined;
    const view = apply(this.#old(), changes, made) as HTMLElement; // from here on nothing fails
    const shadow = this.#shadow ?? this.host.attachShadow({ mode: "open" });
    this.dress();
    // At first, and should a script of the page have emptied the shadow root.
    if (view.parentNode !== shadow) shadow.append(view);
    this.#view = view;
    this.#count(matchMedia("(prefers-reduced-motion)").matches ? [] : count);
    for (const element of [this.#note, this.#announcer.region]) {
      element.lang = view.lang;
      element.dir = view.dir;
    }
    // Whoever was on a button that is a new one now, or that nobody can press, goes on from there.
    if (focused?.localName === "button" && (focused.disabled || !focused.isConnected)) {
      const buttons = [...view.querySelectorAll<HTMLButtonElement>("button:enabled")];
      const again = buttons.find(({ name, value }) => name === focused.name && value === focused.value) ?? buttons[0];
      again?.focus({ preventScroll: true });
    }
  }

  /**
   * Ends a count, and begins this one: a picture in front of the number, which is
   * the new one from the beginning (see style.css).
   */
  #count(texts: readonly string[]): void {
    const number = this.#view!.querySelector("[part=number]")!;
    const start = performance.now();
    const step = (): void => {
      const text = texts[(performance.now() - start) >> 4]; // each is there for 16 ms
      if (text) {
        number.setAttribute("data-count", text);
        this.#step = requestAnimationFrame(step);
      } else number.removeAttribute("data-count");
    };
    cancelAnimationFrame(this.#step);
    step();
  }

  #say(text: string, asked = false): void {
    this.#announcer.say(text, asked, this.#view!.parentNode!);
  }

  /** Sets the custom states to exactly these. */
  #states(...wanted: (State | 0 | undefined)[]): void {
    try {
      const { states } = this.internals!;
      states.clear();
      for (const state of wanted) if (state) states.add(state);
    } catch {} // Chromium before 125 wants other names; nothing depends on them.
  }

  /** Tells the page. */
  tell<Detail>(type: string, detail: Detail): void {
    this.host.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
