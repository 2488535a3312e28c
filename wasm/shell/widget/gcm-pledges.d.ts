/**
 * Types of gcm-pledges.js. The shell's own sources import them too, so they
 * cannot drift apart from what the element does.
 */

import type {
  GcmAnswer,
  GcmCategory,
  GcmEvidence,
  GcmLoading,
  GcmNature,
  GcmObjective,
  GcmPrinciple,
  GcmRegion,
  GcmSize,
  GcmSort,
  GcmState,
  GcmStatus,
  GcmTheme,
  GcmType,
  GcmView,
} from "./vocabulary";
export type * from "./vocabulary";

/**
 * Why a widget could not show a current number. The codes are part of the API
 * and never change their meaning:
 *
 * - `unsupported`: the browser lacks WebAssembly or constructable style sheets.
 * - `engine-load`: the engine could not be fetched (network, 404, integrity).
 * - `engine-compile`: it is not valid WebAssembly, or the page's policy forbids
 *   it (`script-src` needs `'wasm-unsafe-eval'`).
 * - `engine-panic`: the engine broke while it worked. A new one is started.
 * - `engine-exit`: the engine ended. A new one is started.
 * - `words-load`: the words of the language could not be fetched. The view is in
 *   English, and says so; they are fetched again with the next reading.
 * - `feed-load`: no answer from the feed (network, CORS, 30 s without a byte).
 * - `feed-http`: an HTTP status that is not a success.
 * - `feed-size`: more than 32 MiB, or more with what a stream has said since.
 * - `feed-syntax`: not a feed, or cut short; or events of a stream that can't be
 *   read, by their numbers. The others count, and the feed is read again.
 * - `option`: an attribute has a value that nothing can be made of, or is misspelt.
 *   The message says which ones there are. A word that is none of `view`, `size`,
 *   `sort`, `theme` or `loading` counts as their default.
 * - `filter`: a filter names an objective, region, State ... that does not exist. The
 *   message says which ones there are.
 */
export type GcmErrorCode =
  | "unsupported"
  | "engine-load"
  | "engine-compile"
  | "engine-panic"
  | "engine-exit"
  | "words-load"
  | "feed-load"
  | "feed-http"
  | "feed-size"
  | "feed-syntax"
  | "option"
  | "filter";

/** Pledges by the values of one dimension; values without pledges are left out. */
export type GcmDimension = Readonly<Record<string, number>>;

/**
 * The counts. A pledge counts once in the total and once in each of its
 * objectives, principles, pledgers ..., so dimensions don't add up to the total.
 * Of what has no value in a dimension, `not-stated` is the number.
 */
export interface GcmCounts {
  readonly total: number;
  /** Distinct pledgers, and Member States among them. */
  readonly pledgers: number;
  readonly member_states: number;
  /** Pledges with at least one Member State among the pledgers. */
  readonly by_member_states: number;
  readonly global: number;
  readonly joint: number;
  readonly mirror: number;
  readonly matching: number;
  readonly financial: number;
  readonly objectives: GcmDimension;
  readonly principles: GcmDimension;
  readonly types: GcmDimension;
  readonly natures: GcmDimension;
  readonly statuses: GcmDimension;
  readonly categories: GcmDimension;
  readonly regions: GcmDimension;
  readonly themes: GcmDimension;
  /** By pledging and by implementing State, ISO 3166-1 alpha-3. */
  readonly states: GcmDimension;
  readonly implementing: GcmDimension;
  /** By month ("2022-05"), and all until its end. */
  readonly months: GcmDimension;
  readonly cumulative: GcmDimension;
  /** Amounts are exact decimals, never converted or added across currencies. */
  readonly sums: readonly {
    readonly currency: string;
    readonly stage?: string;
    readonly amount: string;
    readonly pledges: number;
  }[];
}

/** The counts behind what is shown, where they come from, and of when they are. */
export interface GcmSummary {
  readonly feed?: string;
  readonly title?: string;
  readonly publisher?: string;
  readonly license?: string;
  /** Number of the last change that is in it, if the publisher counts them. */
  readonly sequence?: number;
  /** RFC 3339: as the feed says, and its newest revision. */
  readonly as_of?: string;
  readonly latest?: string;
  readonly illustrative?: boolean;
  /** What is counted, in words. */
  readonly definition?: string;
  /** Records that could not be read and are not counted. */
  readonly unread?: number;
  /** Whether `counts` has nothing but the total, as of a counter that shows a view document. */
  readonly total_only?: boolean;
  /** What a reader has searched for: only pledges with these words are counted. */
  readonly search?: string;
  /** The selection, by the names of the attributes. */
  readonly query: Readonly<Record<string, unknown>>;
  readonly counts: Pick<GcmCounts, "total"> & Partial<GcmCounts>;
  /** Of several sources, what each one says of itself. */
  readonly sources?: readonly Pick<GcmSummary, "feed" | "title" | "publisher" | "license" | "as_of" | "illustrative">[];
  /** The newest pledges that are selected, at most ten. */
  readonly items?: readonly GcmItem[];
}

/** One pledge in a list. */
export interface GcmItem {
  readonly id: string;
  readonly title?: string;
  /** BCP 47, of the title. */
  readonly language?: string;
  /** The first pledger, and how many there are beside it. */
  readonly pledger?: string;
  readonly more?: number;
  /** Of a Member State that is the first pledger, ISO 3166-1 alpha-3. */
  readonly state?: string;
  /** A day, a month or a year. */
  readonly announced?: string;
  /** How far it has come, as in the attribute. */
  readonly status?: string;
  /** The objectives that it supports. */
  readonly objectives?: readonly number[];
  readonly updated?: string;
  /** An https address. */
  readonly link?: string;
}

/** Something in the feed that could not be taken as it stands. */
export interface GcmProblem {
  /** Index of the record in the feed, from 0; -1 for what is around the records. */
  readonly record: number;
  /** In bytes from the start of the feed, just behind the value. */
  readonly offset: number;
  /** JSON pointer from the record. */
  readonly path: string;
  /** The rule it breaks: "syntax", "unknown" ... */
  readonly rule: string;
  /** What was found, shortened. */
  readonly value: string;
  /** Whether the record is not counted; otherwise only the value is left out. */
  readonly lost?: boolean;
}

/** Detail of `gcm-update`: sent after each good reading and change of options. */
export interface GcmUpdateDetail {
  /** Pledges that the widget's options select. */
  readonly total: number;
  /** The same in one line of the widget's language: "158 pledges to the Global Compact for Migration · As of May 20, 2022". */
  readonly text: string;
  readonly summary: GcmSummary;
  /** Absolute URL of the feed; of several, all of them with blanks between. */
  readonly source: string;
  /** Whether anything on the page is different now. */
  readonly changed: boolean;
  /** The first ten problems of each feed. */
  readonly problems: readonly GcmProblem[];
}

/** Detail of `gcm-error`: sent once for each failure, and again only after a success. */
export interface GcmErrorDetail {
  readonly code: GcmErrorCode;
  /** For developers, in English; not stable. */
  readonly message: string;
  /** What failed: absolute URL of a feed, or the attribute's text if it is not a URL; "" for a form. */
  readonly source: string;
}

/** Detail of `gcm-choice`: sent when the reader has chosen something, or taken it back. */
export interface GcmChoiceDetail {
  /**
   * All that is chosen, by the names of the attributes that it stands in for; and of a
   * dashboard what is searched for, `search`, and of its list `order` ("pledger", "title";
   * "newest" of what was searched for) and `page`, where that isn't the first one.
   */
  readonly choices: Readonly<Record<string, string>>;
}

/**
 * `<gcm-pledges>`: a live count of pledges to the Global Compact for Migration.
 *
 * Properties mirror the attributes of the same name. An attribute that is
 * missing or cannot be read counts as its default. The language is that of the
 * attribute `lang`, here or around the element.
 *
 * Until there is a view the page's own text shows, or the view in a declarative
 * shadow root that a server has rendered; that is taken over as it is if it is
 * the same, and replaced if not. Links and styles beside it stay.
 *
 * In view "dashboard" readers choose by clicking: what they choose stands in for
 * the attribute of the same name, which itself stays.
 *
 * Events: `gcm-update`, `gcm-error`, `gcm-choice`. In React listen through a `ref`
 * that calls addEventListener and returns what calls removeEventListener: a prop
 * such as `ongcm-update` is not called after hydration. Styling: the custom
 * properties at the head of gcm-pledges.css, the parts of the views (see package
 * wasm), part `stale` while the number is not current, and the states
 *
 * - `:state(loading)`: a first result is on its way.
 * - `:state(live)`: what shows is current, as far as its sources could be read.
 * - `:state(stale)`: a source of what shows cannot be read any more, or its stream
 *   is lost and `refresh` is 0.
 * - `:state(error)`: something has failed, see `gcm-error`.
 *
 * A total that changes counts to the new number for 0.4 seconds, unless the
 * reader has asked for less motion: in front of the text, which is the new one
 * from the beginning. The change is announced politely, at most every ten
 * seconds; what a reader has chosen, at once.
 */
export declare class GcmPledgesElement extends HTMLElement {
  static readonly observedAttributes: string[];
  /**
   * Registers the element; does nothing if the name is taken. A class has one name
   * only: under each further one there is a class of its own below this one.
   */
  static define(tag?: string, registry?: CustomElementRegistry): void;

  /**
   * Address of a feed, of a snapshot or of a view document, relative to the page:
   * what it is shows when it is read. Of several, with blanks between them, each
   * pledge counts once. One that fails leaves the others. A view document is shown
   * as it is, and the page counts nothing. One that is called view.json is asked
   * for the view, the language and the filters that the attributes name; one that
   * shows something else than they say is an error.
   */
  src: string;
  /**
   * Address of a stream of server-sent events that says what changes in the
   * feed, relative to the page; of several feeds, one for each, in their order.
   * All elements of a page that name it share one connection, and over HTTPS so do
   * all tabs of an origin. While it is open and beats (see package pledge/feed)
   * nobody asks the feed. A silence of two beats is its end: the feed is asked at
   * once, and the stream opened again after a second or more.
   */
  live: string;
  /** What to show. Anything unknown reads as "counter". */
  view: GcmView;
  /**
   * How large a counter is: "inline" stands within a line of text, "compact" is for
   * sidebars, "hero" for the top of a page. Other views have one size.
   */
  size: GcmSize;
  /**
   * In which order the rows of a table are: "listed" is by number or by name, "most"
   * the most pledges first. A reader's choice sets it. "usual" is the view's own.
   */
  sort: GcmSort;
  // filters: go generate ./wasm/shell
  /** Only pledges for this objective, 1 to 23. */
  get objective(): string;
  set objective(value: GcmObjective | `${GcmObjective}` | `${GcmObjective},${string}` | "");
  /** Only pledges for this guiding principle: "people-centred", ... */
  get principle(): string;
  set principle(value: GcmPrinciple | `${GcmPrinciple},${string}` | "");
  /** Only pledgers of this region: "africa", "americas", "asia", "europe", "oceania". */
  get region(): string;
  set region(value: GcmRegion | `${GcmRegion},${string}` | "");
  /** Only pledges of this State, ISO 3166-1 alpha-3: "DEU". */
  get state(): string;
  set state(value: GcmState | `${GcmState},${string}` | "");
  /** Only pledges that are implemented in this State, ISO 3166-1 alpha-3. */
  get implementing(): string;
  set implementing(value: GcmState | `${GcmState},${string}` | "");
  /** Only pledgers of this category: "un-system", ... */
  get category(): string;
  set category(value: GcmCategory | `${GcmCategory},${string}` | "");
  /** Only pledges of this type: "individual", "common", "partnership", "matching". */
  get type(): string;
  set type(value: GcmType | `${GcmType},${string}` | "");
  /** Only pledges of this nature: "financial", "human-resources", "process", "policy". */
  get nature(): string;
  set nature(value: GcmNature | `${GcmNature},${string}` | "");
  /** Only pledges of this status: "planned", "in-progress", "fulfilled", "withdrawn". */
  get status(): string;
  set status(value: GcmStatus | `${GcmStatus},${string}` | "");
  /** Only pledges with this status by their latest progress report: "planned", "in-progress", "fulfilled", "withdrawn". */
  get reported(): string;
  set reported(value: GcmStatus | `${GcmStatus},${string}` | "");
  /** Only pledges of which it is known like this what became of them: "nothing-reported", "stated", "linked", "confirmed". */
  get evidence(): string;
  set evidence(value: GcmEvidence | `${GcmEvidence},${string}` | "");
  /** Only pledges that are ("true") or are not ("false") relevant to the Global Compact on Refugees. */
  get mirror(): string;
  set mirror(value: GcmAnswer | `${GcmAnswer},${string}` | "");
  /** Only pledges on this theme, a word of the feed: "child-detention", "climate". */
  topic: string;
  /** Only pledges that were announced on this date or later: "2022", "2022-05" or "2022-05-21". */
  since: string;
  /** Only pledges that were announced on this date or earlier. */
  until: string;
  /** The year of a review forum, for since and until: only pledges that were announced after the one before it, until its last day. */
  forum: string;
  /** "true" counts withdrawn pledges, too. */
  get withdrawn(): string;
  set withdrawn(value: GcmAnswer | "");
  // end
  /** "light" or "dark" gives the widget a ground of its own; "auto" follows the page. */
  theme: GcmTheme;
  /**
   * Keeps what the reader chooses in the address of the page, "#objective=7",
   * for all widgets that have this attribute. Not for pages that find their way
   * by what is behind the "#". What is there and is no value of the vocabulary, or
   * no theme of the feed, is taken away.
   */
  hash: boolean;
  /**
   * For whoever builds the page: what is wrong stands below the view, in English. That
   * is each failure, an attribute that is misspelt, and each problem of a feed.
   */
  debug: boolean;
  /** "eager" does not wait until the widget nears the viewport. */
  loading: GcmLoading;
  /**
   * Reads the feed now. Resolves when that is over, well or badly, and what
   * came of it is on the page; never rejects. Assigning to it sets the
   * attribute `refresh`, the seconds between two readings.
   */
  get refresh(): () => Promise<void>;
  set refresh(seconds: string | number);
  /** The counts behind what is shown; null until there is something. */
  readonly summary: GcmSummary | null;
}

declare global {
  interface HTMLElementTagNameMap {
    "gcm-pledges": GcmPledgesElement;
  }
  // The events bubble out of shadow roots, so they can be heard anywhere.
  interface GlobalEventHandlersEventMap {
    "gcm-update": CustomEvent<GcmUpdateDetail>;
    "gcm-error": CustomEvent<GcmErrorDetail>;
    "gcm-choice": CustomEvent<GcmChoiceDetail>;
  }
}
