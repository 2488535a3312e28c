// The element: its attributes, what its reader chooses, and its coming and
// going. It shows what the page came with until there is a view, and from then on
// the last view there was.

import { define } from "../common/define";
import { Display } from "./display";
import { Failure } from "../common/failure";
import type { GcmChoiceDetail, GcmPledgesElement as Public, GcmSummary } from "./gcm-pledges";
import { language, watch } from "../common/language";
import { baseURI } from "../common/page";
import { interval, turn } from "../common/schedule";
import { type Source, type Widget, sourceOf } from "./source";
import { observe, unobserve } from "../common/viewport";

/** Attributes that the engine reads as they are, and what a reader can choose. */
const FILTERS = [
  "objective",
  "principle",
  "region",
  "state",
  "implementing",
  "category",
  "type",
  "nature",
  "status",
  "mirror",
  "topic",
  "withdrawn",
] as const;
/** Attributes whose property is their text, or one of the words below. */
const PLAIN = [...FILTERS, "src", "live", "view", "size", "sort", "loading", "theme"] as const;
/** All that have a property here; lang has one already. */
const PROPERTIES = [...PLAIN, "refresh", "hash"] as const;

// On a server that imports the module there is nothing to extend, and that must not throw.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

// The plain properties are defined below the class, in a loop.
export interface GcmPledgesElement extends Pick<Public, (typeof PLAIN)[number]> {}

/** Attributes that are one of some words, in any case; anything else means the first. */
const WORDS = {
  view: "counter objectives principles regions states categories status natures timeline money list explorer",
  size: "standard inline compact hero",
  sort: "usual listed most",
  loading: "lazy eager",
  theme: "auto light dark",
};

export class GcmPledgesElement extends Base implements Public {
  static readonly observedAttributes: string[] = [...PROPERTIES, "lang"];

  static define(tag = "gcm-pledges", registry = customElements): void {
    define(this, tag, registry);
  }

  #display = new Display(this, this.attachInternals?.(), {
    sources: () => this.#sources,
    options: () => this.#options(),
    retract: () => {
      const any = !!Object.keys(this.#choices)[0];
      if (any) this.#choose({});
      return any;
    },
  });
  /** This element as its sources see it. */
  #widget: Widget = {
    interval: () => interval(this.getAttribute("refresh")),
    stream: (url) => this.#streams[this.#urls.indexOf(url)] ?? "",
    show: () => this.#display.show(),
  };
  #sources: readonly Source[] = [];
  /** The addresses in src, and in live. */
  #urls: readonly string[] = [];
  #streams: readonly string[] = [];
  /** What the reader has chosen; it stands in for the attributes of the same names. */
  #choices: Readonly<Record<string, string>> = {};
  /** Whether it has been near the viewport, or need not be. */
  #near = false;
  #pending: Promise<void> | undefined;
  #langs: MutationObserver | undefined;

  get hash(): boolean {
    return this.hasAttribute("hash");
  }

  set hash(value: boolean) {
    this.toggleAttribute("hash", value);
  }

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
    const listen = isConnected ? addEventListener : removeEventListener;
    this.addEventListener("click", this.#click);
    listen("hashchange", this.#follow);
    listen("gcm-choice", this.#follow);
    this.#follow();
    this.#langs?.disconnect();
    if (isConnected) this.#langs = watch(this, () => void this.#later());

    const src = isConnected ? this.src.trim() : "";
    let urls: readonly string[] = (this.#urls = this.#streams = []);
    try {
      urls = this.#urls = addresses(src);
      this.#streams = addresses(this.live);
    } catch {
      this.#display.settle([{ failure: new Failure("option", "not a URL"), address: src }]);
    }
    for (const source of this.#sources) if (!urls.includes(source.address)) source.leave(this.#widget);
    this.#sources = [];
    if (!urls[0]) {
      unobserve(this);
      if (!isConnected) this.#display.forget();
      return;
    }
    this.#display.expect();
    if ((this.#near ||= this.loading === "eager")) {
      unobserve(this);
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

  #options(): Record<string, string> {
    const { view, size, sort } = this;
    const options: Record<string, string> = { view, size, sort, lang: language(this) };
    for (const name of FILTERS) if (this[name]) options[name] = this[name] as string;
    return { ...options, ...this.#choices, choices: Object.keys(this.#choices).join(" ") };
  }

  #click = (event: Event): void => {
    const button = (event.composedPath()[0] as Element).closest<HTMLButtonElement>("button[part]");
    if (!button) return;
    const { name, value } = button;
    if (name === "retry") return void this.#refresh();
    if (name === "sort") {
      this.#display.chosen = true;
      return reflect(this, name, value);
    }
    const { [name]: old, ...others } = name ? this.#choices : {};
    this.#choose(name && old !== value ? { ...others, [name]: value } : others);
  };

  /** Takes the choices from the address, where widgets that have it in common keep them. */
  #follow = (): void => {
    if (!this.hash) return;
    const held = new URLSearchParams(location.hash.slice(1));
    const choices: Record<string, string> = {};
    // From anybody: what is no word of the vocabulary, or of the feed, the engine turns down.
    for (const name of FILTERS) if (held.get(name)) choices[name] = held.get(name)!;
    if (FILTERS.some((name) => choices[name] !== this.#choices[name])) this.#choose(choices);
  };

  #choose(choices: Record<string, string>): void {
    this.#choices = choices;
    this.#display.chosen = true;
    if (this.hash) {
      const url = new URL(location.href);
      const held = new URLSearchParams(url.hash.slice(1));
      for (const name of FILTERS) {
        const value = choices[name];
        if (value) held.set(name, value);
        else held.delete(name);
      }
      url.hash = `${held}`;
      try {
        history.replaceState(history.state, "", url);
      } catch {} // too often, for some browsers
    }
    this.#display.tell<GcmChoiceDetail>("gcm-choice", { choices: { ...choices } });
    void this.#later();
  }
}

for (const name of PLAIN) {
  Object.defineProperty(GcmPledgesElement.prototype, name, {
    get(this: Element) {
      const text = this.getAttribute(name) ?? "";
      const words = WORDS[name as keyof typeof WORDS]?.split(" ");
      return words ? (words.find((word) => word === text.trim().toLowerCase()) ?? words[0]) : text;
    },
    set(this: Element, value: unknown) {
      reflect(this, name, value);
    },
    enumerable: true,
    configurable: true,
  });
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
