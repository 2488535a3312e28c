// The look of the views: gcm-pledges.css, which lies beside the module. A page
// that a server has rendered links the same file.

/** Adopted by every shadow root. There from the first loadLook on, and empty until the rules have come. */
export let sheet: CSSStyleSheet;

let loading: Promise<void> | undefined;

/** Fetches the rules, once. Never rejects: a view without them is plain, and as true. */
export function loadLook(): Promise<void> {
  return (loading ??= load().catch(() => {
    loading = undefined;
  }));
}

async function load(): Promise<void> {
  sheet ??= new CSSStyleSheet();
  const response = await fetch(new URL("gcm-pledges.css", import.meta.url));
  if (!response.ok) throw response;
  sheet.replaceSync(await response.text());
}
