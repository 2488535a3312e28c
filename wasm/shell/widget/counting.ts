// Entry of the module that counts. The widget loads it once there is something to
// count in the page, and the engine's worker has it as its script.

import { serve } from "../common/worker";

export { endEngine as finish, forget as release } from "../common/engine";
export { Choices } from "./choices";
export { make, options } from "./counted";
export { inspect } from "./debug";
export { Feed } from "./feed";

if (!globalThis.customElements) serve();
