// A page of a test runner with one of the elements, and what comes of it.

const [, , runner, file, tag] = process.argv;
const page = `<!doctype html><html lang="en"><body></body></html>`;
const url = "https://example.org/";
const window =
  runner === "jsdom"
    ? new (await import("jsdom")).JSDOM(page, { url, pretendToBeVisual: true }).window
    : new (await import("happy-dom")).Window({ url });
// As test runners do: the window's names become those of Node.
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis)) Object.defineProperty(globalThis, name, { get: () => window[name], configurable: true });
}
for (const name of ["Event", "CustomEvent", "EventTarget"]) globalThis[name] = window[name];
globalThis.addEventListener ??= window.addEventListener.bind(window);
globalThis.removeEventListener ??= window.removeEventListener.bind(window);
const uncaught = [], codes = [];
for (const name of ["unhandledRejection", "uncaughtException"]) process.on(name, (error) => uncaught.push(String(error?.stack ?? error)));
window.addEventListener("error", ({ message }) => uncaught.push(message));
window.addEventListener("gcm-error", ({ detail }) => codes.push(detail.code));
await import(file);
const element = window.document.createElement(tag);
element.setAttribute("src", "https://example.org/feed.json");
element.textContent = "158 pledges";
window.document.body.append(element);
await new Promise((later) => setTimeout(later, 300));
element.setAttribute("lang", "fr");
element.remove();
await new Promise((later) => setTimeout(later, 100));
console.log(JSON.stringify({ uncaught, codes, text: element.textContent, named: element instanceof window.customElements.get(tag) }));
process.exit();
