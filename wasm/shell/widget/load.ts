// The modules that this one loads where a page needs them: one that counts, and one
// that follows streams, and readers over maps.

import { asset } from "../common/asset";
import { Later } from "./later";

export const counting = new Later<typeof import("./counting")>(COUNTING_FILE, () => asset(COUNTING_FILE, () => new URL(COUNTING_FILE, import.meta.url)), COUNTING_INTEGRITY);

export const following = new Later<typeof import("./following")>(FOLLOWING_FILE, () => asset(FOLLOWING_FILE, () => new URL(FOLLOWING_FILE, import.meta.url)), FOLLOWING_INTEGRITY);

/** Where the engine is. */
export const engineAddress = (): string => asset(ENGINE_FILE, () => new URL(ENGINE_FILE, import.meta.url)).href;
