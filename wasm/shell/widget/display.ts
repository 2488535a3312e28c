// What a widget shows: the engine's view in the shadow root, the sentence that
// says it is not current, custom states and events.

import { Announcer } from "./announcer";
import type { ViewDocument } from "./document";
import { documents, today } from "./documents";
import { Failure } from "../common/failure";
import type { GcmErrorDetail, GcmSummary, GcmUpdateDetail } from "./gcm-pledges";
import { Later } from "./later";
import { counting, following } from "./load";
import { type Look, loadLook } from "../common/look";
import { createElement } from "../common/page";
import type { Made } from "./maker";
import type { Reading } from "./reading";
import type { Source } from "./source";

/** A failure, and what it is of: a source, or the text of the attribute src. */
export type Failed = { readonly failure: Failure; readonly address: string };

/** The custom states; :state(live) and so on in CSS. */
type State = "loading" | "live" | "stale" | "error";

const DAY = 86_400_000;

/** Numbers that a count passes in all; at 60 a second it takes 0.4 seconds. */
const STEPS = 24;

/** The DOM is not what the engine believes it is: once more, all of it. */
const DISTURBED = "view changed";

let made = 0;

/** What a display asks its element. */
export interface Asks {
  /** What is shown; none if the element has left the page. */
  sources(): readonly Source[];
  /** Throws if a document shows something else than the element says. */
  check(document: ViewDocument): void;
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
  #unspoken: Failure | undefined;
  /** Root of the view; below it the note, if the view is not current. */
  #view: HTMLElement | undefined;
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
  #look: Look | undefined;
  /** The next day, on which a document may say something else. */
  #tomorrow: ReturnType<typeof setTimeout> | undefined;

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
    for (const source of waiting) void source.ask(this.asks.options().lang);
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
        counting.module?.release("forget", this.#id);
        return this.#show(true);
      }
    } catch (error) {
      if (turn !== this.#turn) return;
      if (readings[0]!.engine?.dead) throw error;
      const failure = Failure.of(error, "unsupported");
      // A choice may have come with a link, from anybody, or is not the last one.
      if (failure.code === "filter" && (this.chosen || this.asks.retract())) return this.#show();
      this.settle([{ failure, address: url }]);
      return;
    }
    const stale = failed.length > missing || !ready.length || ready.some(({ lost }) => lost);
    if (this.#unspoken) failed.push({ failure: this.#unspoken, address: url });
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
    counting.module?.inspect(this.host, failed, this.#readings);
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
    clearTimeout(this.#tomorrow);
    counting.module?.release("forget", this.#id);
  }

  /** Returns what is new; undefined if nothing can be, or if the answer is not for the page any more. */
  async #render(
    ready: readonly Source[],
    readings: readonly Reading[],
    missing: number,
    source: string,
  ): Promise<GcmUpdateDetail | typeof DISTURBED | undefined | void> {
    const [reading] = readings as [Reading];
    const { document, engine } = reading;
    const maker = document ? documents : counting.module!;
    const options = { ...maker.options(ready, missing, this.host), ...this.asks.options() };
    clearTimeout(this.#tomorrow);
    if (document) this.#tomorrow = setTimeout(() => void this.show(), (today() + 1) * DAY - Date.now());
    const asked = JSON.stringify(options);
    // Moved within the page, or a change of what does not matter.
    if (asked === this.#options && readings.every((reading, i) => reading === this.#readings[i])) return undefined;
    const { chosen } = this;
    // What a server has rendered, a document, or an engine that broke: it is not replaced by the same.
    const shown = engine === this.#readings[0]?.engine ? "" : this.#old()?.outerHTML;
    this.chosen = false;
    if (document) this.asks.check(document);
    this.#readings = [];
    const turn = this.#turn;
    const { text, stale, retry, said, summary, unspoken, put, unfold } = await maker.make(reading, this.#id, { ...options, shown }, chosen, Later);
    if (!this.#link?.sheet) this.#look = await loadLook(lookOf(document ?? options));
    if (turn !== this.#turn) return counting.module?.release("forget", this.#id); // it may have been asked after that
    const { total } = summary.counts;
    const first = !this.#old();
    let changed;
    try {
      changed = this.#draw(put, this.summary?.counts.total, total);
    } catch {
      this.chosen ||= chosen;
      return DISTURBED;
    }
    if (this.summary && (chosen || total !== this.summary.counts.total)) this.#say(said, chosen);
    this.#readings = readings;
    this.#unspoken = unspoken;
    this.#options = unspoken ? "" : asked;
    this.#stale = stale;
    this.#retry.textContent = retry;
    if (first) await unfold?.(this.#view!);
    this.summary = summary;
    const problems = readings.flatMap((reading) => reading.problems);
    return { total, text, summary, source, changed, problems };
  }

  /** The view that is on the page: ours, or the same or an older one, rendered by the server. */
  #old(): Element | null | undefined {
    return this.#view ?? this.#shadow?.querySelector("[part~=view]");
  }

  get #shadow(): ShadowRoot | null {
    return (this.internals ?? this.host).shadowRoot;
  }

  /** Has the look fetched that a view of this kind needs, beside what else is on its way, so that nothing moves once it is shown. */
  prepare(): void {
    if (!this.#link) void loadLook(lookOf(this.asks.options()));
  }

  /** Gives the view its look, also in another document. Whoever has it of the server need not be laid out anew. */
  dress(): void {
    if (this.#shadow && !this.#link?.sheet) this.#look?.dress(this.#shadow);
  }

  get #link(): HTMLLinkElement | null | undefined {
    return this.#shadow?.querySelector("link");
  }

  /** Says whether anything is another one now. */
  #draw(put: Made["put"], from: number | undefined, to: number): boolean {
    const focused = this.#shadow?.activeElement as HTMLButtonElement | null | undefined;
    const lang = this.#view?.lang;
    this.#count([]); // its picture is no part of a view
    const [view, changed] = put(this.#old()) as [HTMLElement, boolean]; // from here on nothing fails
    const shadow = this.#shadow ?? this.host.attachShadow({ mode: "open" });
    this.dress();
    // At first, and should a script of the page have emptied the shadow root.
    if (view.parentNode !== shadow) shadow.append(view);
    this.#view = view;
    // Where that can't be had the map says less, and its table all of it.
    if (view.querySelector("[part=tiles]")) following.load().then(({ explore }) => explore(view), () => {});
    // Nobody counts from a number that wasn't there, or is in another language.
    this.#count(lang !== view.lang || matchMedia("(prefers-reduced-motion)").matches ? [] : between(from ?? to, to, lang));
    for (const element of [this.#note, this.#announcer.region]) {
      element.lang = view.lang;
      element.dir = view.dir;
    }
    // Whoever was on a button that is a new one now, or that nobody can press, goes on from there.
    if (focused?.localName === "button" && (focused.disabled || !focused.isConnected)) {
      const buttons = [...view.querySelectorAll<HTMLButtonElement>("button:enabled")].filter((button) => button.getClientRects()[0]); // that one can see
      const alike = buttons.filter(({ name }) => name === focused.name);
      const again = alike.find(({ value }) => value === focused.value) ?? alike[0] ?? buttons[0];
      again?.focus({ preventScroll: true });
    }
    return changed;
  }

  /**
   * Ends a count, and begins this one: a picture in front of the number, which is
   * the new one from the beginning (see style.css).
   */
  #count(texts: readonly string[]): void {
    const number = this.#view?.querySelector("[part=number]");
    const start = performance.now();
    const step = (): void => {
      const text = texts[(performance.now() - start) >> 4]; // each is there for 16 ms
      if (text) {
        number!.setAttribute("data-count", text);
        this.#step = requestAnimationFrame(step);
      } else number?.removeAttribute("data-count");
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

/** Which look it has: a counter as most are has a shorter one, and a dashboard a longer one. */
const lookOf = ({ view, gcm_view = view, size }: { readonly view?: unknown; readonly gcm_view?: unknown; readonly size?: unknown }): 0 | 1 | 2 =>
  gcm_view === "dashboard" ? 2 : gcm_view === "counter" && size === "standard" ? 1 : 0;

/**
 * The numbers that a count passes, quickly at first and slowly at the end, each as
 * the language writes it; none if nothing lies between the two.
 */
function between(from: number, to: number, lang: string): string[] {
  const way = to - from;
  const { format } = new Intl.NumberFormat(lang === "ar" ? "ar-u-nu-latn" : lang);
  const numbers = [];
  // What is left to go falls with the third power of the time that is left.
  if (way * way > 1) for (let left = STEPS; --left; ) numbers.push(format(from + Math.trunc(way * (1 - (left / STEPS) ** 3))));
  return numbers;
}
