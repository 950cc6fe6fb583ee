/** Sends requests for contact: each once, and at a moment that does not tell which intake it came from.
 *
 * The intake is sent when its result is there. What came right after it, from the same device, would be of the same firm
 * for whoever sees both come in. So a request waits for a moment that is drawn by lot, within which others take intakes
 * too, and what waited for a connection does not leave with the intakes that did. Waiting for the next intake instead
 * would leave the last request of the day on the device, and hang one sending on the other. On somebody's own phone,
 * from which nothing else comes anyway, nothing is won by long waiting and a request may be lost by it: there it leaves
 * soon, and at once when the page is left.
 */

import type { ContactBody, Contacts } from "./contacts";
import { Refused, type Server, Unreachable } from "./server";

const SHARED_MS = 10 * 60_000;
const OWN_MS = 45_000;
const SETTLING_MS = 60_000; // after a start or a lost connection
const FIRST_PAUSE_MS = 10_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
const LONGEST_WAIT_MS = 24 * 60 * 60_000; // further ahead is a clock that was put back
const LOCK = "send contacts";

const within = (milliseconds: number) => Date.now() + Math.random() * milliseconds;
// Where there are no locks two tabs may both send: the keys keep it to once.
const alone = <T>(act: () => Promise<T>): Promise<T> => (navigator.locks ? navigator.locks.request(LOCK, act) : act());

/** What became of a request: where it can be withdrawn when that is told, or why it was refused. */
export type Fate = { withdraw: string | null } | { refused: string };

export interface Parts {
  contacts: Contacts;
  server: Server;
  told(id: string, fate: Fate): void;
  /** Called whenever something is kept, tried or removed. */
  changed(): void;
}

export class ContactSender {
  readonly #parts: Parts;
  /** What was asked in this page on somebody's own phone: it leaves with the page, when nothing can be read any more. */
  readonly #own = new Map<string, ContactBody>();
  #notBefore = within(SETTLING_MS);
  #pause = FIRST_PAUSE_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  /** Whether the last try failed. */
  failing = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    addEventListener("online", () => {
      this.#pause = FIRST_PAUSE_MS;
      this.#notBefore = within(SETTLING_MS);
      void this.plan();
    });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#leave() : void this.plan()));
    addEventListener("pagehide", () => this.#leave());
  }

  /** Keeps a request and sends it later. `own` says that nobody else uses this device. */
  async keep(id: string, body: ContactBody, own: boolean): Promise<void> {
    if (own) this.#own.set(id, body);
    await this.#parts.contacts.keep({ id, body, at: Date.now(), due: within(own ? OWN_MS : SHARED_MS) });
    await this.plan();
    this.#parts.changed();
  }

  /** Removes a request that was not sent. False when it was. */
  async drop(id: string): Promise<boolean> {
    this.#own.delete(id);
    const there = await alone(async () => {
      const found = await this.#parts.contacts.read(id);
      await this.#parts.contacts.forget(id);
      return found !== null;
    });
    this.#parts.changed();
    return there;
  }

  /** Sets the alarm for the first request that is to be sent. */
  async plan(): Promise<void> {
    const waiting = (await this.#parts.contacts.all()).filter(({ refused }) => refused === undefined);
    clearTimeout(this.#timer);
    if (!waiting.length) this.failing = false;
    else {
      const first = Math.min(...waiting.map(({ due }) => due));
      const pause = Math.max(first, this.#notBefore) - Date.now();
      this.#timer = setTimeout(() => void this.#send(), Math.min(Math.max(pause, 0), SHARED_MS));
    }
  }

  async #send(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    try {
      await alone(() => this.#sendDue());
    } catch (fault) {
      this.failing = true;
      const asked = fault instanceof Unreachable ? fault.pause : 0;
      const pause = Math.min(Math.max(this.#pause, asked), LONGEST_PAUSE_MS);
      this.#notBefore = Date.now() + pause / 2 + (Math.random() * pause) / 2;
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    } finally {
      this.#running = false;
    }
    await this.plan();
    this.#parts.changed();
  }

  async #sendDue(): Promise<void> {
    for (const one of await this.#parts.contacts.all()) {
      const ahead = one.due - Date.now();
      if (one.refused !== undefined || (ahead > 0 && ahead <= LONGEST_WAIT_MS)) continue;
      try {
        await this.#deliver(one.id, one.body);
      } catch (fault) {
        if (!(fault instanceof Unreachable) || fault.status !== 429) throw fault;
        // This address, or this hall, asked too often today. Every further try counts, so it waits as long as was said.
        await this.#parts.contacts.keep({ ...one, due: Date.now() + Math.min(fault.pause, LONGEST_WAIT_MS) });
      }
      this.failing = false;
      this.#pause = FIRST_PAUSE_MS;
    }
  }

  async #deliver(id: string, body: ContactBody): Promise<void> {
    try {
      const answer = await this.#parts.server.ask<{ intrekken?: string | null }>("POST", "contactverzoeken", { body, key: id });
      if (answer?.intrekken === undefined) throw new Unreachable();
      await this.#parts.contacts.forget(id);
      this.#parts.told(id, { withdraw: answer.intrekken });
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      const kept = await this.#parts.contacts.read(id);
      if (kept) await this.#parts.contacts.keep({ ...kept, refused: fault.message });
      this.#parts.told(id, { refused: fault.message });
    }
    this.#own.delete(id);
  }

  #leave(): void {
    for (const [id, body] of this.#own) void this.#deliver(id, body).catch(() => {});
    this.#own.clear();
  }
}
