import type { GcmErrorCode } from "../widget/gcm-pledges";

/** Everything that goes wrong becomes one of these: a stable code, and words. */
export class Failure extends Error {
  constructor(
    readonly code: GcmErrorCode,
    message: string,
    /** Seconds the server asked to be left alone; 0 = it did not. */
    readonly retryAfter = 0,
    /** Whose call the engine died of, by its name there, if it did. */
    readonly culprit?: string,
  ) {
    super(message);
  }

  /** What was thrown, as a Failure: itself if it is one, else under this code. */
  static of(thrown: unknown, code: GcmErrorCode): Failure {
    // Another module has a class of its own.
    return (thrown as Failure | undefined)?.retryAfter === undefined ? new Failure(code, String(thrown)) : (thrown as Failure);
  }
}
