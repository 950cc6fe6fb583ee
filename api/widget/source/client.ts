/** Requests to the assistant, tried again with the same key until they are answered. */

const TRIES = 4;
const FIRST_PAUSE_MS = 500;
const PATIENCE_MS = 30_000; // for one answer, and for a Retry-After; after that the person decides

/** What went wrong. Without a status: no answer came, or not a whole one. */
export interface Fault {
  status?: number;
  detail?: string | false;
  hold?: number;
}

export interface Options {
  body?: object;
  key?: string;
  secret?: string;
}

/** A request that has an answer at the end of it, or a Fault. `waiting` is called before each pause. */
export type Client = (method: string, path: string, options?: Options, waiting?: () => void) => Promise<any>;

export const passes = ({ status }: Fault) => !status || status === 429 || status >= 500;
export const expired = ({ status }: Fault) => status === 401 || status === 404;

// randomUUID is absent on plain http, as when a phone tries the page in the office.
export const newKey = () => [...crypto.getRandomValues(new Uint32Array(4))].join("-");

/** `base` is where the assistant runs, without a slash at the end; `inDutch` whether the words of the
    server, which are Dutch, are told. Lost connections, 429 and 5xx are tried again. */
export const createClient = (base: string, inDutch: boolean): Client => async (method, path, { body, key, secret } = {}, waiting) => {
  const headers = {
    ...(body && { "Content-Type": "application/json" }),
    ...(key && { "Idempotency-Key": key }),
    ...(secret && { Authorization: `Bearer ${secret}` }),
  };
  for (let attempt = 0; ; attempt++) {
    try {
      const response = await fetch(`${base}/v1/${path}`, {
        method,
        headers,
        body: body && JSON.stringify(body),
        credentials: "omit",
        referrerPolicy: "strict-origin",
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
      const { ok, status } = response;
      if (ok) return status === 204 ? null : await response.json();
      const { detail } = await response.json().catch(() => ({}));
      throw { status, detail: inDutch && detail, hold: +response.headers.get("Retry-After")! * 1000 };
    } catch (fault: any) {
      const hold = Math.max(FIRST_PAUSE_MS * 2 ** attempt, fault.hold || 0);
      if (!passes(fault) || attempt === TRIES - 1 || hold > PATIENCE_MS) throw fault;
      waiting?.();
      await new Promise((done) => setTimeout(done, hold));
    }
  }
};
