// The element: it asks the engine what the form consists of, has it check what
// is entered, and hands the pledge to the page. It shows what the page came with
// until it can do that.

import { define } from "../common/define";
import { endEngine, loadEngine } from "../common/engine";
import { asset } from "../common/asset";
import { Failure } from "../common/failure";
import css from "./form.css";
import { keepDraft, readDraft } from "./form-draft";
import { type Answer, type Description, View } from "./form-view";
import type { GcmPledge, GcmPledgeFormElement as Public } from "./gcm-pledge-form";
import { language, watch } from "../common/language";
import { Look } from "../common/look";
import { delay } from "../common/schedule";
import { trusted } from "../common/trust";
import { observe, unobserve } from "../common/viewport";

/** Milliseconds after the last key before what was entered is checked. */
const PAUSE = 300;

/** Milliseconds after which an engine that could not be loaded is tried again; each time doubled. */
const RETRY = 15_000;

// On a server that imports the module there is nothing to extend, and that must not throw.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

const look = new Look();
look.text = css;

/** The forms on the page, which need an engine. */
const forms = new Set<GcmPledgeFormElement>();

export class GcmPledgeFormElement extends Base implements Public {
  static readonly observedAttributes: string[] = ["lang", "draft"];

  static define(tag = "gcm-pledge-form", registry = customElements): void {
    define(this, tag, registry);
  }

  #view: View | undefined;
  /** Language that the view was asked for in. */
  #lang = "";
  /** The pledge apart from what the form has fields for. */
  #base: GcmPledge = {};
  /** What to fill in once there is a view. */
  #early: GcmPledge | undefined;
  /** What reset has taken away. */
  #cleared: GcmPledge | undefined;
  #near = false;
  #pending: Promise<void> | undefined;
  #langs: MutationObserver | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #submitting = false;
  /** Code of the last failure, until a success. */
  #code: string | undefined;
  /** Times in a row that there was no engine to make the form. */
  #failures = 0;

  get draft(): string | null {
    return this.getAttribute("draft");
  }

  set draft(name: string | null) {
    if (name === null || name === undefined) this.removeAttribute("draft");
    else this.setAttribute("draft", name);
  }

  get value(): GcmPledge {
    if (!this.#view) return { ...this.#early };
    return { ...this.#base, ...this.#view.read() };
  }

  set value(pledge: GcmPledge) {
    this.#cleared = undefined;
    this.#fill(pledge);
    this.#view?.say("");
  }

  reset(): void {
    const value = this.value;
    this.#fill({});
    if (this.draft !== null) keepDraft(this.draft, undefined);
    this.#cleared = value;
    this.#view?.say(this.#view.words.cleared ?? "", true);
  }

  connectedCallback(): void {
    for (const name of ["draft", "value"]) {
      // Set before the element was defined: hand it to the setter.
      const early = Object.getOwnPropertyDescriptor(this, name);
      if (early && Reflect.deleteProperty(this, name)) Reflect.set(this, name, early.value);
    }
    this.#later();
  }

  disconnectedCallback(): void {
    this.#later();
  }

  attributeChangedCallback(): void {
    this.#later();
  }

  adoptedCallback(): void {
    if (this.shadowRoot) look.dress(this.shadowRoot);
  }

  /** Several changes in a row are one update, and so is a move within the page. */
  #later(): void {
    this.#pending ??= Promise.resolve().then(() => {
      this.#pending = undefined;
      this.#langs?.disconnect();
      if (!this.isConnected) {
        unobserve(this);
        clearTimeout(this.#timer);
        forms.delete(this);
        endEngine(() => forms.size);
        return;
      }
      forms.add(this);
      this.#langs = watch(this, this.#again);
      if (this.#near) this.#update().catch((error) => this.#fail(error));
      else {
        observe(this, () => {
          this.#near = true;
          this.#later();
        });
      }
    });
  }

  #again = (): void => this.#later();

  /** Makes the form, at first and in another language. */
  async #update(): Promise<void> {
    const lang = language(this);
    if (this.#view && lang === this.#lang) return;
    const description = await this.#ask<Description>("form", { lang });
    if (!description && !this.#view) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.#later(), delay(RETRY, this.#failures++, 0));
    }
    if (!description || lang !== language(this)) return;
    const draft = this.#view || this.draft === null ? undefined : readDraft(this.draft);
    const value = this.#early ?? draft ?? this.value;
    const first = !this.#view;
    const view = new View(description, this.draft !== null, {
      changed: (entered) => this.#changed(entered),
      submitted: () => void this.#submit(),
      reset: () => this.reset(),
      undo: () => this.#undo(),
    });
    const shadow = this.shadowRoot ?? this.attachShadow({ mode: "open" });
    look.dress(shadow);
    shadow.replaceChildren(view.root);
    this.#view = view;
    this.#lang = lang;
    this.#early = undefined;
    this.#fill(value);
    if (first && draft && value === draft) view.say(view.words.restored ?? "");
  }

  #fill(value: GcmPledge): void {
    const view = this.#view;
    if (!view) {
      this.#early = value;
      return;
    }
    this.#base = Object.fromEntries(Object.entries(value).filter(([name]) => !view.has(name)));
    view.write(value);
    this.#soon(0);
  }

  #changed(entered: boolean): void {
    if (entered) {
      this.#cleared = undefined;
      if (this.draft !== null) keepDraft(this.draft, this.value);
    }
    this.#soon(PAUSE);
  }

  #undo(): void {
    if (!this.#cleared) return;
    this.#fill(this.#cleared);
    this.#changed(true);
    this.#view?.say(this.#view.words.undone ?? "");
  }

  #soon(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#check("check", this.value), ms);
  }

  async #check(op: "check" | "submit", pledge: GcmPledge): Promise<Answer | undefined> {
    clearTimeout(this.#timer);
    const view = this.#view;
    const answer = await this.#ask<Answer>(op, { lang: this.#lang, pledge });
    if (!answer || view !== this.#view) return undefined;
    view?.show(answer);
    return answer;
  }

  async #submit(): Promise<void> {
    const view = this.#view;
    if (!view || this.#submitting) return;
    this.#submitting = true;
    view.say("");
    const answer = await this.#check("submit", { ...this.value, updated: new Date().toISOString() });
    this.#submitting = false;
    if (!answer) return view.say(view.words.unavailable ?? "");
    const { problems, criteria, json } = answer;
    if (!json) {
      view.summarize();
      this.#tell("gcm-problems", { problems, criteria });
      return;
    }
    const pledge = JSON.parse(json) as GcmPledge;
    // Submitted again it is the same pledge, in a later revision.
    this.#base = { ...this.#base, id: pledge.id };
    view.say(view.words.passed ?? "");
    if (this.#tell("gcm-submit", { pledge, json, warnings: problems, criteria }) && this.draft !== null) {
      keepDraft(this.draft, undefined);
    }
  }

  /** One question to the engine; undefined if there is no answer, which the page is told once. */
  async #ask<Reply>(op: string, arg: object): Promise<Reply | undefined> {
    try {
      const reply = await (await loadEngine(asset(ENGINE_FILE, () => new URL(ENGINE_FILE, import.meta.url)).href, trusted)).call<Reply>(op, JSON.stringify(arg));
      this.#code = undefined;
      return reply;
    } catch (error) {
      this.#fail(error);
      return undefined;
    }
  }

  #fail(error: unknown): void {
    const { code, message } = Failure.of(error, "unsupported");
    if (code !== this.#code) this.#tell("gcm-error", { code, message, source: "" });
    this.#code = code;
  }

  /** Says whether the page let the default happen. */
  #tell(type: string, detail: object): boolean {
    const cancelable = type === "gcm-submit";
    return this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true, cancelable }));
  }
}
