// The element's policy of Trusted Types: for addresses of scripts of its own.

let policy: { createScriptURL(url: string): string } | undefined;

/** The address of a script as a page wants it that asks for Trusted Types. There can be one policy of a name, so what gets the address made here takes this, too. */
export function trusted(url: string): string {
  policy ??= (globalThis as any).trustedTypes?.createPolicy?.(ELEMENT, { createScriptURL: (url: string) => url });
  return policy?.createScriptURL(url) ?? url;
}
