/** Sends what waits: once, one tab at a time, and again and again until the server has it or says no. */

import type { Clock } from "./clock";
import type { Database } from "./database";
import type { Delivery, Intake, Intakes } from "./intakes";
import { Refused, type Server, Unreachable } from "./server";

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
const LOCK = "send intakes";

export const tallyFact = (event: string) => `sent ${event}`;

export interface Parts {
  database: Database;
  intakes: Intakes;
  server: Server;
  clock: Clock;
}

export class Sender {
  readonly #parts: Parts;
  readonly #told: () => void;
  #pause = FIRST_PAUSE_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running = false;
  #again = false;
  /** Whether the last try failed. */
  failing = false;

  /** `told` is called whenever something was sent or refused. */
  constructor(parts: Parts, told: () => void) {
    this.#parts = parts;
    this.#told = told;
    addEventListener("online", () => this.hurry());
    document.addEventListener("visibilitychange", () => document.hidden || this.hurry());
  }

  /** Tries now, as something has changed for the better. */
  hurry(): void {
    this.#pause = FIRST_PAUSE_MS;
    void this.send();
  }

  /** Sends what waits. While that is going on, once more afterwards. */
  async send(): Promise<void> {
    this.#again = true;
    if (this.#running) return;
    this.#running = true;
    clearTimeout(this.#timer);
    try {
      while (this.#again) {
        this.#again = false;
        // Another tab that sends is waited for. Where there are no locks both send, and the keys keep it to once.
        await (navigator.locks ? navigator.locks.request(LOCK, () => this.#sendAll()) : this.#sendAll());
      }
      this.#pause = FIRST_PAUSE_MS;
      this.failing = false;
    } catch (fault) {
      this.failing = true;
      const asked = fault instanceof Unreachable ? fault.pause : 0;
      this.#timer = setTimeout(() => void this.send(), Math.min(Math.max(this.#pause, asked), LONGEST_PAUSE_MS));
      this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE_MS);
    } finally {
      this.#running = false;
    }
    await this.#parts.intakes.sweep();
    this.#told();
  }

  async #sendAll(): Promise<void> {
    const { intakes, clock, server } = this.#parts;
    for (const { intake, state } of await intakes.all()) {
      if (state !== "waiting") continue;
      // The first answer tells the time, which the days of what waits depend on.
      if (!clock.heard) await server.ask("GET", `evenementen/${intake.event}`).catch(passRefusal);
      await this.#deliver(intake);
      this.#told();
    }
  }

  async #deliver(intake: Intake): Promise<void> {
    const { intakes } = this.#parts;
    const known = await intakes.delivery(intake.id);
    const fresh = !known || known.refused !== undefined; // nothing of what was refused has arrived
    const delivery: Delivery = fresh
      ? { id: intake.id, event: intake.event, revision: 0, posted: intake.revision, intakeId: known?.intakeId }
      : known;
    try {
      if (!delivery.intakeId) await this.#post(intake, delivery, fresh);
      if (delivery.revision < intake.revision) await this.#put(intake, delivery);
    } catch (fault) {
      if (!(fault instanceof Refused)) throw fault;
      await intakes.note({ ...delivery, refused: intake.revision, reason: fault.message });
    }
  }

  /** The first time. What arrives is the revision that is noted before: a repeat under the same key changes nothing. */
  async #post(intake: Intake, delivery: Delivery, fresh: boolean): Promise<void> {
    const { intakes, server, database } = this.#parts;
    if (fresh) await intakes.note(delivery);
    const answer = await server.ask<{ intakeId?: string }>("POST", "intakes", { body: this.#body(intake), key: intake.id });
    if (!answer?.intakeId) throw new Unreachable();
    delivery.intakeId = answer.intakeId;
    delivery.revision = delivery.posted;
    await intakes.note(delivery);
    const id = tallyFact(intake.event);
    const tally = await database.get<{ id: string; count: number }>("facts", id);
    await database.put("facts", { id, count: (tally?.count ?? 0) + 1 } as { id: string });
  }

  /** Other answers in the place of the first. When that is refused, the first ones stay: the intake counts. */
  async #put(intake: Intake, delivery: Delivery): Promise<void> {
    const { intakes, server } = this.#parts;
    await server.ask("PUT", `intakes/${delivery.intakeId}`, { body: this.#body(intake) }).catch(passRefusal);
    delivery.revision = intake.revision;
    await intakes.note(delivery);
  }

  #body({ event, codes, at, correction }: Intake): object {
    return { evenement: event, antwoorden: codes, datum: this.#parts.clock.dayOf(at, correction) };
  }
}

function passRefusal(fault: unknown): void {
  if (!(fault instanceof Refused)) throw fault;
}
