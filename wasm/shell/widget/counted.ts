// Views that the engine makes.

import { asset } from "../common/asset";
import { apply } from "./changes";
import type { Change } from "./dom";
import type { Later } from "./later";
import type { Made, Maker } from "./maker";
import { misspelt } from "./debug";
import { grow, unfold } from "./turns";
import { speak } from "./words";

const HOUR = 3_600_000;

let exploring: Later<typeof import("./dashboard")> | undefined;

/** Views that the engine makes. */
export const { options, make }: Maker = {
  options(ready, missing, host) {
    for (const failure of misspelt(host)) throw failure;
    const read = ready.map(({ reading }) => reading!.at).sort()[0]!;
    const now = Date.now();
    return {
      source: ready.map(({ id }) => id).join(" "),
      live: `${ready.every(({ live }) => live)}`,
      missing: `${missing}`,
      read,
      // When it was read, or some hours later: there is not a new view each second.
      now: new Date(now - ((now - Date.parse(read)) % HOUR)),
    };
  },
  async make({ engine }, id, options, _, later) {
    type Answer = Omit<Made, "put" | "unspoken"> & { readonly changes: readonly Change[] };
    const unspoken = await speak(engine!, `${options.lang}`);
    const { changes, ...said } = await engine!.call<Answer>("view", id, JSON.stringify(options));
    // The module of dashboards is loaded as this one was.
    const explorer =
      options.view === "dashboard"
        ? await (exploring ??= new later(DASHBOARD_FILE, () => asset(DASHBOARD_FILE, () => new URL(DASHBOARD_FILE, import.meta.url)), DASHBOARD_INTEGRITY)).load()
        : undefined;
    const made = changes[0]?.[0] === "root" ? await grow(changes[0][1]) : undefined;
    return {
      ...said,
      unspoken,
      put(old) {
        const view = apply(old, changes, made);
        explorer?.enliven(view, engine!, options);
        return [view, changes.length > 0];
      },
      unfold,
    };
  },
};
