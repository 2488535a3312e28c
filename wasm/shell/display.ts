// What a widget shows: the engine's view in the shadow root, the sentence that
// says it is not current, custom states and events.

import { type Change, apply } from "./dom";
import { type Engine, forget } from "./engine";
import type { Failure } from "./failure";
import type { GcmErrorCode, GcmErrorDetail, GcmSummary, GcmUpdateDetail } from "./gcm-pledges";
import type { Reading } from "./reading";
import type { Source } from "./source";
import css from "./style.css";

/** The engine's answer to "view". */
interface Answer {
  readonly changes: readonly Change[];
  readonly text: string;
  readonly lang: string;
  readonly dir: string;
  /** What to say once the number is not current any more. */
  readonly stale: string;
  readonly summary: GcmSummary;
}

let made = 0;
let sheet: CSSStyleSheet | undefined;

export class Display {
  /** Null until there is a view. */
  summary: GcmSummary | null = null;
  /** Name in the engine. */
  #id = `w${++made}`;
  /** What is shown, if the engine knows it too: of which reading, with which options. */
  #reading: Reading | undefined;
  #options = "";
  /** Root of the view; below it the note, empty while the view is current. */
  #view: Element | undefined;
  #note: HTMLElement | undefined;
  /** What the note says when it says something. */
  #stale = "";
  /** Of the last failure, until a success. */
  #code: GcmErrorCode | undefined;

  constructor(
    readonly host: HTMLElement,
    readonly internals: ElementInternals | undefined,
    /** The element's attributes that the engine reads. */
    readonly options: () => Record<string, string>,
  ) {}

  /** Shows what the engine has of the source. Throws a Failure; then the old view is still there. */
  render(engine: Engine, { url, id, reading, failure }: Source): void {
    const options = JSON.stringify({ source: id, read: reading?.at, ...this.options() });
    // Moved within the page, or a change of what the engine does not care about.
    if (reading === this.#reading && options === this.#options) return this.settle(failure, url);
    this.#reading = undefined;
    const view = () => engine.call<Answer>("view", this.#id, options);
    let answer = view();
    try {
      this.#draw(answer);
    } catch {
      // The DOM is not what the engine believes it is: once more, all of it.
      this.forget();
      answer = view();
      this.#draw(answer);
    }
    const { changes, text, stale, summary } = answer;
    this.#reading = reading;
    this.#options = options;
    this.#stale = stale;
    this.summary = summary;
    this.settle(failure, url);
    this.#tell<GcmUpdateDetail>("gcm-update", {
      total: summary.counts.total,
      text,
      summary,
      source: url,
      changed: changes.length > 0,
      problems: reading?.problems ?? [],
    });
  }

  /** Marks what is shown as current, or as not. Tells of a failure once. */
  settle(failure: Failure | undefined, source: string): void {
    // A bad attribute says nothing about how current the number is.
    const stale = failure && this.#view && !/^(option|filter)$/.test(failure.code);
    const text = stale ? this.#stale : "";
    if (this.#note && this.#note.textContent !== text) this.#note.textContent = text;
    this.#states(failure ? ["error", stale && "stale"] : ["live"]);
    const news = failure && failure.code !== this.#code;
    this.#code = failure?.code;
    if (news) this.#tell<GcmErrorDetail>("gcm-error", { code: failure.code, message: failure.message, source });
  }

  /** Says that a first result is on its way, unless there has been one. */
  expect(): void {
    if (!this.#view && !this.#code) this.#states(["loading"]);
  }

  /** Lets the engine forget this widget; the next view comes whole. */
  forget(): void {
    this.#reading = undefined;
    forget("forget", this.#id);
  }

  #draw({ changes, lang, dir }: Answer): void {
    const { host, internals } = this;
    const view = apply(this.#view, changes);
    // The shadow root may be there already, rendered by the server.
    const shadow = internals?.shadowRoot ?? host.shadowRoot ?? host.attachShadow({ mode: "open" });
    if (!this.#note) {
      if (!sheet) (sheet = new CSSStyleSheet()).replaceSync(css);
      shadow.adoptedStyleSheets = [...shadow.adoptedStyleSheets, sheet];
      // The server's view makes room; style sheets that the page put there stay.
      for (const child of [...shadow.children]) if (!child.matches("link,style")) child.remove();
      this.#note = document.createElement("p");
      this.#note.setAttribute("part", "stale");
      this.#note.setAttribute("role", "status");
    }
    this.#note.lang = lang;
    this.#note.dir = dir;
    // At first, and should a script of the page have emptied the shadow root.
    if (view.parentNode !== shadow || this.#note.parentNode !== shadow) shadow.append(view, this.#note);
    this.#view = view;
  }

  /** Sets the custom states, :state(live) and so on in CSS, to exactly these. */
  #states(wanted: unknown[]): void {
    try {
      for (const state of ["loading", "live", "stale", "error"]) {
        this.internals?.states[wanted.includes(state) ? "add" : "delete"](state);
      }
    } catch {} // Chromium before 125 wants other names; nothing depends on them.
  }

  #tell<Detail>(type: string, detail: Detail): void {
    this.host.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}
