// The element: its attributes, and its coming and going. It shows what the page
// came with until there is a view, and from then on the last view there was.

import { Display } from "./display";
import { Failure } from "./failure";
import type { GcmPledgesElement as Public, GcmSummary, GcmView } from "./gcm-pledges";
import { language } from "./language";
import { interval } from "./schedule";
import { type Source, type Widget, sourceOf } from "./source";
import { observe, unobserve } from "./viewport";

/** Attributes that the engine reads as they are. */
const FILTERS = ["objective", "principle", "region", "state", "category", "type"] as const;
/** Attributes whose property is just their text. */
const PLAIN = [...FILTERS, "src"] as const;
/** All that have a property here; lang has one already. */
const PROPERTIES = [...PLAIN, "view", "loading", "refresh"] as const;

// On a server that imports the module there is nothing to extend, and that must not throw.
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

// The plain properties are defined below the class, in a loop.
export interface GcmPledgesElement extends Pick<Public, (typeof PLAIN)[number]> {}

/** The views; anything else means the first. */
const VIEWS: readonly GcmView[] = [
  "counter",
  "objectives",
  "principles",
  "regions",
  "states",
  "categories",
  "status",
  "natures",
  "timeline",
  "money",
];

export class GcmPledgesElement extends Base implements Public {
  static readonly observedAttributes: string[] = [...PROPERTIES, "lang"];

  static define(tag = "gcm-pledges", registry = customElements): void {
    if (!registry.get(tag)) registry.define(tag, this);
  }

  #display = new Display(this, this.attachInternals?.(), () => this.#options());
  /** This element as its source sees it. */
  #widget: Widget = {
    interval: () => interval(this.getAttribute("refresh")),
    render: (engine, source) => this.#display.render(engine, source),
    settle: (failure, source) => this.#display.settle(failure, source),
  };
  #source: Source | undefined;
  /** Whether it has been near the viewport, or need not be. */
  #near = false;
  #pending: Promise<void> | undefined;

  get view(): GcmView {
    return oneOf(this, "view", VIEWS) ?? "counter";
  }

  set view(value: string) {
    reflect(this, "view", value);
  }

  get loading(): "eager" | "lazy" {
    return oneOf(this, "loading", ["eager"]) ?? "lazy";
  }

  set loading(value: string) {
    reflect(this, "loading", value);
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
    for (const name of PROPERTIES) {
      // Set before the element was defined: hand it to the setter.
      const early = Object.getOwnPropertyDescriptor(this, name);
      if (early && Reflect.deleteProperty(this, name)) Reflect.set(this, name, early.value);
    }
    void this.#later();
  }

  disconnectedCallback(): void {
    void this.#later();
  }

  attributeChangedCallback(): void {
    void this.#later();
  }

  /**
   * Several changes in a row are one update, and so is a move within the page,
   * which is a removal and an insertion.
   */
  #later(): Promise<void> {
    return (this.#pending ??= Promise.resolve().then(() => {
      this.#pending = undefined;
      this.#update();
    }));
  }

  #update(): void {
    const src = this.isConnected ? this.getAttribute("src") : null;
    const url = src ? absolute(src) : undefined;
    if (url !== this.#source?.url) {
      this.#source?.leave(this.#widget);
      this.#source = undefined;
    }
    if (!url) {
      unobserve(this);
      if (!this.isConnected) this.#display.forget();
      if (src) this.#display.settle(new Failure("option", "src is not a URL"), src);
      return;
    }
    this.#display.expect();
    if (this.#near || this.loading === "eager") {
      this.#near = true;
      unobserve(this);
      this.#source ??= sourceOf(url);
      this.#source.join(this.#widget);
    } else {
      observe(this, () => {
        this.#near = true;
        void this.#later();
      });
    }
  }

  async #refresh(): Promise<void> {
    const before = this.#source?.busy;
    if (!this.#near) {
      this.#near = true;
      void this.#later();
    }
    await this.#pending;
    const source = this.#source;
    // A reading that began just now will do; one that began earlier will not.
    await (source?.busy && source.busy !== before ? source.busy : source?.refresh());
  }

  #options(): Record<string, string> {
    const options: Record<string, string> = { view: this.view, lang: language(this) };
    for (const name of FILTERS) if (this[name]) options[name] = String(this[name]);
    return options;
  }
}

for (const name of PLAIN) {
  Object.defineProperty(GcmPledgesElement.prototype, name, {
    get(this: Element) {
      return this.getAttribute(name) ?? "";
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

/** The keyword that the attribute holds, in any case. */
function oneOf<Word extends string>(element: Element, name: string, words: readonly Word[]): Word | undefined {
  const held = element.getAttribute(name)?.trim().toLowerCase();
  return words.find((word) => word === held);
}

/** The absolute URL without its fragment, so that one file is one source. */
function absolute(src: string): string | undefined {
  try {
    const url = new URL(src, document.baseURI);
    url.hash = "";
    return url.href;
  } catch {
    return undefined;
  }
}
