// The element: its attributes, what its reader chooses, and its coming and
// going. It shows what the page came with until there is a view, and from then on
// the last view there was.

import { define } from "../common/define";
import { WORDS } from "./attributes";
import type { ViewDocument } from "./document";
import { Display } from "./display";
import type { Choices } from "./choices";
import { Failure } from "../common/failure";
import { FILTERS } from "./filters";
import type { GcmChoiceDetail, GcmPledgesElement as Public, GcmSummary } from "./gcm-pledges";
import { language, watch } from "../common/language";
import { baseURI } from "../common/page";
import { counting } from "./load";
import { interval, turn } from "../common/schedule";
import { type Source, type Widget, sourceOf } from "./source";
import { observe, unobserve } from "../common/viewport";

/** Attributes whose property is their text, or one of the words below. */
const PLAIN = [...FILTERS, "src", "live", "view", "size", "sort", "loading", "theme"] as const;
/** Attributes that are there or not. */
const FLAGS: readonly string[] = ["hash", "debug"];
/** All that have a property here; lang has one already. */
const PROPERTIES = [...PLAIN, ...FLAGS, "refresh"] as const;

// On a server that imports the module there is nothing to extend, and that must not throw.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

// The plain properties are defined below the class, in a loop.
export interface GcmPledgesElement extends Pick<Public, (typeof PLAIN)[number] | "hash" | "debug"> {}

export class GcmPledgesElement extends Base implements Public {
  static readonly observedAttributes: string[] = [...PROPERTIES, "lang"];

  static define(tag = "gcm-pledges", registry = customElements): void {
    define(this, tag, registry);
  }

  #display = new Display(this, this.attachInternals?.(), {
    sources: () => this.#sources,
    check: (document) => this.#check(document),
    options: () => this.#options(),
    retract: () => !!this.#choices?.retract(),
  });
  /** This element as its sources see it. */
  #widget: Widget = {
    interval: () => interval(this.getAttribute("refresh")),
    stream: (url) => this.#streams[this.#urls.indexOf(url)] ?? "",
    show: async () => void (this.#leadsOn() || (await this.#display.show())),
  };
  #sources: readonly Source[] = [];
  /** The addresses in src, and in live. */
  #urls: readonly string[] = [];
  #streams: readonly string[] = [];
  /** The feeds that stand in for documents, by their addresses, and the first of those. */
  #feeds = new Map<string, string>();
  #document: ViewDocument | undefined;
  /** What the reader has chosen; undefined as long as nothing can be. */
  #choices: Choices | undefined;
  /** Whether there is what attributes hash and debug need. */
  #looked = false;
  /** Whether it has been near the viewport, or need not be. */
  #near = false;
  #pending: Promise<void> | undefined;
  #langs: MutationObserver | undefined;

  // A method and an attribute share this name. Frameworks assign properties
  // (element.refresh = 60), and that must not overwrite the method.
  get refresh(): () => Promise<void> {
    return () => this.#refresh();
  }

  set refresh(seconds: string | number) {
    reflect(this, "refresh", seconds);
  }

  get summary(): GcmSummary | null {
    return this.#display.summary;
  }

  connectedCallback(): void {
    const self = this as Record<string, unknown>;
    for (const name of PROPERTIES) {
      if (!this.hasOwnProperty(name)) continue;
      // Set before the element was defined: hand it to the setter.
      const early = self[name];
      delete self[name];
      self[name] = early;
    }
    void this.#later();
  }

  disconnectedCallback(): void {
    void this.#later();
  }

  attributeChangedCallback(): void {
    void this.#later();
  }

  adoptedCallback(): void {
    this.#display.dress();
  }

  /**
   * Several changes in a row are one update, and so is a move within the page,
   * which is a removal and an insertion. It has a turn for itself: neither the
   * module's start nor that of other elements is made longer by it.
   */
  #later(): Promise<void> {
    return (this.#pending ??= turn().then(() => {
      this.#pending = undefined;
      this.#update();
    }));
  }

  #update(): void {
    const { isConnected } = this;
    this.addEventListener("click", this.#click);
    // The address may hold choices, and the module that counts knows what to say.
    if ((this.hash || this.debug) && isConnected && !this.#looked) {
      this.#looked = true;
      return void this.#choosing().then(() => this.#later());
    }
    this.#choices?.watch(isConnected);
    this.#langs?.disconnect();
    if (isConnected) this.#langs = watch(this, () => void this.#later());

    const src = isConnected ? this.src.trim() : "";
    let urls: readonly string[] = (this.#urls = this.#streams = []);
    try {
      urls = this.#urls = addresses(src).map((url) => this.#asking(url)).map((url) => this.#feeds.get(url) ?? url);
      this.#streams = addresses(this.live);
    } catch {
      this.#display.settle([{ failure: new Failure("option", "not a URL"), address: src }]);
    }
    if (![...this.#feeds.values()].some((feed) => urls.includes(feed))) this.#document = undefined;
    for (const source of this.#sources) if (!urls.includes(source.address)) source.leave(this.#widget);
    this.#sources = [];
    if (!urls[0]) {
      unobserve(this);
      if (!isConnected) this.#display.forget();
      else if (!src) counting.module?.inspect(this, [], []);
      return;
    }
    this.#display.expect();
    if ((this.#near ||= this.loading === "eager")) {
      unobserve(this);
      this.#display.prepare();
      this.#sources = [...new Set(urls)].map(sourceOf);
      for (const source of this.#sources) source.enter(this.#widget);
    } else observe(this, this.#come);
  }

  #come = (): void => {
    this.#near = true;
    void this.#later();
  };

  async #refresh(): Promise<void> {
    const before = this.#sources.map(({ busy }) => busy);
    if (!this.#near) this.#come();
    await this.#pending;
    // A reading that began just now will do; one that began earlier will not.
    await Promise.all(
      this.#sources.map((source) => (before.includes(source.busy) ? source.refresh() : (source.busy ?? source.refresh()))),
    );
  }

  /** The address of a document with what the attributes ask for, if it is one that can be asked. */
  #asking(address: string): string {
    const url = new URL(address);
    if (url.pathname.endsWith("/view.json")) {
      const lang = /^(en|fr|es|ar|ru|zh)\b/i.exec(language(this))?.[0].toLowerCase();
      const asked: Record<string, string> = { ...this.#asked("size", "sort"), ...(lang && { lang }) };
      for (const [name, value] of Object.entries(asked)) if (!url.searchParams.has(name)) url.searchParams.set(name, value);
    }
    return url.href;
  }

  /** What the attributes say of what to show, and these of how, without what is left to a document. */
  #asked(...looks: ("size" | "sort")[]): Record<string, string> {
    const asked: Record<string, string> = {};
    for (const name of FILTERS) if (this[name]) asked[name] = this[name] as string;
    for (const name of ["view", ...looks] as const) if (this.hasAttribute(name)) asked[name] = this[name];
    return asked;
  }

  /** Throws if a document shows something else than the attributes say. */
  #check({ gcm_view, query }: ViewDocument): void {
    const more = this.#sources[1] ? "option" : Object.keys(this.#chosen)[0] && "filter";
    if (more) throw new Failure(more, "the document names no feed");
    const given: Record<string, string> = { ...query, view: gcm_view };
    for (const [name, value] of Object.entries(this.#asked())) {
      if (list(given[name]) !== list(value)) throw new Failure("option", `the document has ${name}=${given[name] ?? ""}, not ${value}`);
    }
  }

  /**
   * Where more is to be counted than a document says, its feed stands in for it:
   * what a reader has chosen, another order of rows, or the sum of several sources. Says whether there is
   * one now that did not a moment ago.
   */
  #leadsOn(): boolean {
    const more = this.#sources[1] || Object.keys(this.#chosen)[0];
    let some = false;
    for (const { address, reading } of this.#sources) {
      const of = reading?.document;
      if (!of?.feed || !(more || (of.order && this.hasAttribute("sort") && this.sort !== of.sort))) continue;
      this.#document = of;
      this.#feeds.set(address, new URL(of.feed, address).href);
      some = true;
    }
    if (some) void this.#later();
    return some;
  }

  #options(): Record<string, string> {
    const of = this.#document;
    const { size, sort } = this;
    const options: Record<string, string> = { size, sort, view: of?.gcm_view ?? this.view, lang: of?.lang ?? language(this), ...of?.query, ...this.#asked() };
    return { ...options, ...this.#chosen, choices: Object.keys(this.#chosen).join(" ") };
  }

  #click = async (event: Event): Promise<void> => {
    const button = (event.composedPath()[0] as Element).closest<HTMLButtonElement>("button[part]");
    if (!button) return;
    const { name, value } = button;
    if (name === "retry") return this.#refresh();
    if (name === "sort") {
      this.#display.chosen = true;
      return reflect(this, name, value);
    }
    (await this.#choosing())?.press(button);
  };

  /** The choices, which another module knows of; none if that can't be loaded. */
  async #choosing(): Promise<Choices | undefined> {
    try {
      const { Choices } = await counting.load();
      return (this.#choices ??= new Choices(this, FILTERS, () => {
        this.#display.chosen = true;
        this.#display.tell<GcmChoiceDetail>("gcm-choice", { choices: { ...this.#choices!.made } });
        void this.#later();
      }));
    } catch (error) {
      this.#display.settle([{ failure: error as Failure, address: this.src }]);
      return undefined;
    }
  }

  get #chosen(): Readonly<Record<string, string>> {
    return this.#choices?.made ?? {};
  }
}

for (const name of [...PLAIN, ...FLAGS]) {
  const isFlag = FLAGS.includes(name);
  Object.defineProperty(GcmPledgesElement.prototype, name, {
    get(this: Element) {
      const text = this.getAttribute(name);
      if (isFlag) return text !== null;
      const words = WORDS[name]?.split(" ");
      return words ? (words.find((word) => word === text?.trim().toLowerCase()) ?? words[0]) : (text ?? "");
    },
    set(this: Element, value: unknown) {
      reflect(this, name, isFlag ? (value ? "" : null) : value);
    },
    enumerable: true,
    configurable: true,
  });
}

/** Values with commas between them, in one order. */
function list(text = ""): string {
  return `${text.toLowerCase().split(",").map((word) => word.trim()).sort()}`;
}

function reflect(element: Element, name: string, value: unknown): void {
  if (value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, String(value));
}

/** The absolute URLs, with blanks between them, without their fragments, so that one file is one source. */
function addresses(text: string): string[] {
  return (text.match(/\S+/g) ?? []).map((src) => {
    const url = new URL(src, baseURI());
    url.hash = "";
    return url.href;
  });
}
