// Runs before anything else on a page whose clock goes only when the test says so.
// Then a day is over in a second, and no machine is too slow for it.
const real = { set: setTimeout.bind(window), clear: clearTimeout.bind(window), fetch: fetch.bind(window) };
const clock = { now: Date.parse("2022-05-21T12:00:00Z"), wrong: 0, beat: 0, timers: new Map() };
const probe = { uncaught: [], asked: [], heard: [], widgets: [], stalled: false, frozen: false };
Object.defineProperty(document, "probe", { value: probe });
addEventListener("error", (e) => probe.uncaught.push("error: " + (e.message || e.target?.outerHTML)));
addEventListener("unhandledrejection", (e) => probe.uncaught.push("rejection: " + e.reason));

Date = class extends Date {
  static now() { return clock.now + clock.wrong; }
  constructor(...words) { super(...(words.length ? words : [Date.now()])); }
};
performance.now = () => clock.now;
// Timers of ours, but for those that only let the page have its turn.
window.setTimeout = (f, ms = 0) => {
  if (ms < 10 || !/gcm-pledge[-\w]*\.js/.test(Error().stack)) return real.set(f, ms);
  const id = -1 - clock.timers.size - Math.random();
  clock.timers.set(id, { at: clock.now + ms, f });
  return id;
};
window.clearTimeout = (id) => clock.timers.delete(id) || real.clear(id);

// What is under way has its time, unless nothing comes of it.
let busy = 0, heard = 0;
const pause = (ms = 2) => new Promise((done) => real.set(done, ms));
const settled = async (more = () => false) => {
  for (let i = 0; i < 100 && !probe.stalled && (busy || more()); i++) await pause();
  do await pause();
  while ([...workers].some((worker) => worker.asked));
};
const hear = (what) => probe.heard.push(`${(clock.now / 1000) % 100000} ${what}`);
window.fetch = (...words) => {
  busy++;
  probe.asked.push(`${clock.now / 1000 % 100000} ${words[0]}`);
  const answer = real.fetch(...words);
  answer.then(({ status, headers }) => hear(`${words[0]} ${status} ${headers.get("etag")}`), (error) => hear(`${words[0]} ${error}`)).then(() => busy--);
  return answer;
};
// A connection has its time as well, also one that the browser opens again.
window.EventSource = class extends EventSource {
  #opens = false;
  constructor(url) {
    super(url);
    probe.asked.push(`${clock.now / 1000 % 100000} ${url}`);
    this.#wait();
    for (const type of ["open", "error"]) this.addEventListener(type, () => this.#wait());
    for (const type of ["open", "error", "snapshot", "pledge", "heartbeat"]) this.addEventListener(type, (e) => hear(`${type} ${e.lastEventId ?? ""}`));
    this.addEventListener("heartbeat", () => heard++);
  }
  #wait(opens = this.readyState === 0) {
    if (opens !== this.#opens) busy += opens ? 1 : -1;
    this.#opens = opens;
  }
  close() {
    super.close();
    this.#wait();
  }
};
new MutationObserver((records) => {
  for (const script of records.flatMap(({ addedNodes }) => [...addedNodes]).filter(({ localName, type }) => localName === "script" && type === "module")) {
    busy++;
    for (const type of ["load", "error"]) script.addEventListener(type, () => busy--);
  }
}).observe(document, { childList: true, subtree: true });
const { request } = LockManager.prototype;
LockManager.prototype.request = function (name, options, turn) {
  busy++;
  let waits = true;
  const over = () => { if (waits) busy--; waits = false; };
  const held = request.call(this, name, options, () => (over(), turn()));
  held.catch(over);
  return held;
};

// Each call of a worker is answered, and its first word is that it is there.
const workers = new Set();
window.Worker = class extends Worker {
  asked = 1;
  constructor(...words) {
    super(...words);
    workers.add(this);
    this.addEventListener("message", () => this.asked--);
    this.addEventListener("error", () => (this.asked = 0));
  }
  postMessage(...words) {
    this.asked++;
    super.postMessage(...words);
  }
  terminate() {
    workers.delete(this);
    super.terminate();
  }
};

// The server beats when the page's clock says that it is time.
const beat = async () => {
  clock.beat = clock.now + 10_000;
  const before = heard;
  const sent = Number(await (await real.fetch("/beat")).text());
  await settled(() => heard < before + sent);
};

/** Lets so many milliseconds go by. */
probe.advance = async (ms) => {
  const end = clock.now + ms;
  await pause(20); // for what the server has to say
  await settled();
  for (;;) {
    let next, at = Math.min(end, Math.max(clock.beat, clock.now));
    for (const [id, timer] of probe.frozen ? [] : clock.timers) if (timer.at <= at) (next = id), (at = timer.at);
    clock.now = Math.max(clock.now, at);
    if (next) {
      const { f } = clock.timers.get(next);
      clock.timers.delete(next);
      f();
      await settled();
    } else if (clock.now >= clock.beat) await beat();
    else if (clock.now >= end) return settled();
  }
};
/** The lid is closed for so long. */
probe.sleep = (ms) => { clock.now += ms; };
probe.setClock = (ms) => { clock.wrong += ms; };

let hidden = false;
Object.defineProperty(Document.prototype, "hidden", { get: () => hidden, configurable: true });
probe.hide = (hide) => {
  hidden = hide;
  document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
};

/** What visitors see. */
probe.look = () => probe.widgets.map((w) => {
  const view = w.shadowRoot?.querySelector("[part~=view]");
  return {
    number: view?.querySelector("[part=number]").textContent ?? "",
    marked: !view || !!w.shadowRoot.querySelector("[part=stale]")?.textContent,
    lang: (w.ownerDocument === document && view?.lang) || "",
  };
});
document.addEventListener("DOMContentLoaded", () => { probe.widgets = [...document.querySelectorAll("gcm-pledges")]; });
