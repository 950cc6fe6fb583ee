/** Requests to the server. What answers may also be the log-in page of a hall's network, or a proxy: those do not count. */

import type { Clock } from "./clock";

const PATIENCE_MS = 20_000;
const PASSING = [401, 408, 429]; // besides 5xx: says nothing of what was sent

/** The server looked at it and says no. `message` is its reason in Dutch. */
export class Refused extends Error {
  constructor(readonly status: number, reason: string) {
    super(reason);
  }
}

/** No answer of ours: try later, after `pause` milliseconds if it said so. */
export class Unreachable extends Error {
  constructor(readonly pause = 0, readonly status = 0, reason = "") {
    super(reason);
  }
}

export interface Options {
  body?: object;
  key?: string;
  token?: string;
  patience?: number;
}

export class Server {
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The answer as it was told in JSON. Throws Refused and Unreachable. */
  async ask<T>(method: string, path: string, { body, key, token, patience = PATIENCE_MS }: Options = {}): Promise<T> {
    let response: Response;
    let answer: any;
    try {
      response = await fetch(`/v1/${path}`, {
        method,
        headers: {
          ...(body && { "Content-Type": "application/json" }),
          ...(key && { "Idempotency-Key": key }),
          ...(token && { Authorization: `Bearer ${token}` }),
        },
        body: body && JSON.stringify(body),
        keepalive: method !== "GET", // what was begun is ended, also when the page is closed
        cache: "no-store",
        credentials: "omit",
        referrerPolicy: "no-referrer",
        signal: AbortSignal.timeout(patience),
      });
      answer = response.status === 204 ? null : await response.json();
    } catch {
      throw new Unreachable();
    }
    if (!response.headers.has("API-Version")) throw new Unreachable();
    this.#clock.hear(response.headers.get("Date"));
    if (response.ok) return answer;
    const reason = String(answer?.detail ?? "");
    if (response.status >= 500 || PASSING.includes(response.status)) {
      throw new Unreachable((Number(response.headers.get("Retry-After")) || 0) * 1000, response.status, reason);
    }
    throw new Refused(response.status, reason);
  }
}
