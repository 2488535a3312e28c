// What one copies: the same choice for a page with scripts, for an iframe, for a
// server in Go, and as a picture.

/** Attributes of the widget by name; hash is "" if it is there. */
export type Choice = Readonly<Record<string, string>>;

/** base is the address of the directory with the widget, text what the page shows before it. */
export type Snippet = (choice: Choice, base: string, text: string) => string;

const HTML: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text, or the value of an attribute, in HTML. */
const escape = (text: string) => text.replace(/[&<>"']/g, (sign) => HTML[sign]!);

/**
 * A string of Go. There is no markup in it, wherever it is pasted, nor anything
 * that turns the text around it or isn't seen. Go has no half of a character.
 */
const quote = (text: string) =>
  JSON.stringify(text.replace(/[\ud800-\udfff]/gu, "\ufffd")).replace(
    /[<>&'`\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );

/** What a table has under a name, and not what every object has. */
const of = (table: Readonly<Record<string, string>>, name: string | undefined, otherwise: string) =>
  (name !== undefined && Object.hasOwn(table, name) && table[name]) || otherwise;

export const script: Snippet = (choice, base, text) => {
  const attributes = Object.entries(choice)
    .map(([name, value]) => (value || name === "src" ? ` ${name}="${escape(value)}"` : ` ${name}`))
    .join("");
  return `<link rel="stylesheet" href="${escape(base)}gcm-pledges-room.css">
<script type="module" src="${escape(base)}gcm-pledges.js"></script>
<gcm-pledges${attributes}>${escape(text)}</gcm-pledges>`;
};

export const iframe: Snippet = ({ hash, ...choice }, base, text) => {
  const address = `${base}embed.html?${new URLSearchParams(choice)}`;
  return `<iframe data-gcm-pledges src="${escape(address)}" title="${escape(text)}" sandbox="${SANDBOX}" loading="lazy" width="100%" height="320" frameborder="0"></iframe>
<script src="${escape(base)}embed-parent.js" defer></script>`;
};

/** Attributes that say how to show, and not what to count. */
const SHOWN = /^(src|view|size|sort|lang|theme|refresh|loading|hash)$/;

const GO_LANGUAGES: Readonly<Record<string, string>> = {
  en: "English",
  fr: "French",
  es: "Spanish",
  ar: "Arabic",
  ru: "Russian",
  zh: "Chinese",
};

const GO_SIZES: Readonly<Record<string, string>> = { inline: "Inline", compact: "Compact", hero: "Hero" };
const GO_SORTS: Readonly<Record<string, string>> = { listed: "Listed", most: "Most" };

/** view.Options in Go. */
function options({ view = "", size, sort, lang }: Choice): string {
  const known = VIEWS.split(" ").includes(view) ? view : "counter";
  const kind = known.charAt(0).toUpperCase() + known.slice(1);
  const field = (name: string, table: Readonly<Record<string, string>>, word: string | undefined) => {
    const constant = of(table, word, "");
    return constant && `, ${name}: view.${constant}`;
  };
  return `view.Options{View: view.${kind}, Language: gcm.${of(GO_LANGUAGES, lang, "English")}${field("Size", GO_SIZES, size)}${field("Sort", GO_SORTS, sort)}}`;
}

const sources = ({ src = "" }: Choice) => src.split(/\s+/).filter(Boolean);

/** A function of Go that makes a snapshot of feeds, and then what the lines say. */
function program(choice: Choice, name: string, does: string, lines: string): string {
  const filter = Object.entries(choice)
    .filter(([name]) => !SHOWN.test(name))
    .map(([name, value]) => `${quote(name)}: ${quote(value)}`)
    .join(", ");
  const items = /^(list|dashboard)$/.test(choice.view ?? "");
  const reader = items ? "reader := tally.Reader{Items: true}" : "var reader tally.Reader";
  return `// ${name} ${does} the feeds, in JSON.
func ${name}(feeds ...io.Reader) ([]byte, error) {
	var all []*tally.Feed
	for _, feed := range feeds {
		${reader}
		if _, err := io.Copy(&reader, feed); err != nil {
			return nil, err
		}
		read, err := reader.Close()
		if err != nil {
			return nil, err
		}
		all = append(all, read)
	}
	merged, err := tally.MergeFeeds(all...)
	if err != nil {
		return nil, err
	}
	filter := map[string]string{${filter}}
	query, err := tally.ParseQuery(func(name string) string { return filter[name] })
	if err != nil {
		return nil, err
	}
	snapshot, err := merged.Snapshot(query)
	if err != nil {
		return nil, err
	}
${lines}
}`;
}

export const server: Snippet = (choice, base) => {
  const more = `${/^\d{1,9}$/.test(choice.refresh ?? "") ? `\n\t\tRefresh:    ${Number(choice.refresh)},` : ""}${"hash" in choice ? "\n\t\tHash:       true," : ""}`;
  return program(
    choice,
    "pledgesHTML",
    "returns the element with the numbers of",
    `	element := view.Element{
		Sources:    []string{${sources(choice).map(quote).join(", ")}},
		Options:    ${options(choice)},
		Stylesheet: ${quote(`${base}gcm-pledges.css`)},${more}
	}
	// The page also loads ${quote(`${base}gcm-pledges.js`)} as a module.
	return element.AppendHTML(nil, snapshot)`,
  );
};

export const badge: Snippet = (choice, _base, text) => `<img src="pledges.svg" alt="${escape(text)}">

${program(
  choice,
  "pledgesSVG",
  "returns a picture with the numbers of",
  `	v, err := view.Render(snapshot, ${options(choice)})
	if err != nil {
		return nil, err
	}
	// A card. A badge of one line is view.BadgeOf(v).AppendSVG(nil).
	return view.AppendCard(nil, v, view.${of({ light: "Light", dark: "Dark" }, choice.theme, "Auto")}), nil`,
)}`;
