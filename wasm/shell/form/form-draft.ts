// A draft of the form in the browser's own storage. Storage that is full, or
// that the visitor forbids, is as good as none.

/** Name of the draft if the attribute gives none. */
const DEFAULT = "gcm-pledge-form";

const keyOf = (name: string): string => name.trim() || DEFAULT;

/** The draft, if there is one that can be read. */
export function readDraft(name: string): Record<string, unknown> | undefined {
  try {
    const draft = JSON.parse(localStorage.getItem(keyOf(name)) ?? "null");
    return draft && typeof draft === "object" && !Array.isArray(draft) ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps the draft, and says whether that worked; undefined removes it. */
export function keepDraft(name: string, draft: object | undefined): boolean {
  try {
    if (draft) localStorage.setItem(keyOf(name), JSON.stringify(draft));
    else localStorage.removeItem(keyOf(name));
    return true;
  } catch {
    return false;
  }
}
