// The page in an iframe: one widget, configured by the address. It may have no
// origin (sandbox without allow-same-origin). To WebKit nothing is 'self' then,
// so the page's policy knows scripts by their hashes, and styles are adopted.

import css from "./embed.css";
import type { GcmPledgesElement } from "../../../shell/widget/gcm-pledges";
import { type Message, isMessage } from "./height";

/** What stands there if there is no number, and never was one. */
const WORDS: Readonly<Record<string, string>> = {
  en: "The pledges cannot be shown at present.",
  fr: "Les engagements ne peuvent pas être affichés pour le moment.",
  es: "Los compromisos no se pueden mostrar en este momento.",
  ar: "لا يمكن عرض التعهدات في الوقت الحالي.",
  ru: "Показать обязательства сейчас невозможно.",
  zh: "目前无法显示承诺。",
};

const { documentElement: root, body } = document;
const options = new URLSearchParams(location.search);

/** The last height that the parent was told; undefined until there is something to see. */
let told: number | undefined;

function tell(): void {
  const height = Math.ceil(body.getBoundingClientRect().height);
  if (height === told) return;
  told = height;
  if (parent === window) return; // opened by itself
  // A height is no secret, and a frame does not learn who is around it.
  parent.postMessage({ type: "gcm-height", height } satisfies Message, "*");
}

/** From the first time that there is something to see, each height is told. */
function begin(): void {
  if (told !== undefined) return;
  tell();
  new ResizeObserver(tell).observe(body);
  addEventListener("message", ({ data, source }) => {
    if (source !== parent || !isMessage(data) || data.height !== undefined) return;
    told = undefined;
    tell();
  });
}

function make(): HTMLElement {
  const widget = document.createElement("gcm-pledges");
  for (const name of ATTRIBUTES.split(" ")) {
    // src may be there several times.
    const values = options.getAll(name);
    if (values.length) widget.setAttribute(name, values.join(" "));
  }
  // The frame's own loading="lazy" is what waits.
  widget.setAttribute("loading", "eager");
  return widget;
}

/** What a page without a source lacks: for whoever has written its address, so in English. */
const INCOMPLETE =
  "This address lacks a source: embed.html?src=https://example.org/pledges.json&view=objectives&lang=fr. src is the address of a feed of pledges, or of a snapshot of counts. builder.html, beside this page, makes such addresses.";

/** Says that there is nothing to see, and where it would have come from. */
function regret(): void {
  note.replaceChildren(WORDS[root.lang] ?? WORDS.en!);
  if (!options.get("src")) {
    const missing = document.createElement("span");
    missing.lang = "en";
    missing.dir = "ltr";
    missing.append(INCOMPLETE);
    note.append(" ", missing);
  }
  for (const address of options.getAll("src").join(" ").split(/\s+/)) {
    if (!/^https:\/\//i.test(address)) continue;
    const a = document.createElement("a");
    a.href = a.textContent = address;
    a.dir = "ltr";
    note.append(" ", a);
  }
  begin();
}

const lang = (options.get("lang") ?? "").toLowerCase().split("-")[0]!;
if (Object.hasOwn(WORDS, lang)) root.lang = lang;
root.dir = root.lang === "ar" ? "rtl" : "ltr";
root.dataset.theme = options.get("theme") ?? "";

const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
document.adoptedStyleSheets = [sheet];

const note = document.createElement("p");
note.setAttribute("role", "status");
const widget = make();
addEventListener("gcm-update", () => {
  note.replaceChildren();
  begin();
});
// A failure beside a number is said by the widget.
addEventListener("gcm-error", () => (widget as GcmPledgesElement).summary || regret());
// The widget's module is not there, or not the one that this page was made for.
document.querySelector("script[src='gcm-pledges.js']")?.addEventListener("error", regret);
document.querySelector("main")?.append(widget, note);
if (!options.get("src")) regret();
