/** What time it really is: clocks of tablets may be days off, so the server's is asked. */

import type { Database } from "./database";

const FACT = "clock";
// The region's day, also on a device that is set to another part of the world.
const DAY = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam" });

export class Clock {
  /** Milliseconds that the server is ahead of this device; of an earlier visit until the server was heard in this one. */
  #ahead = 0;
  #heard = false;
  readonly #database: Database;

  private constructor(database: Database, ahead: number) {
    this.#database = database;
    this.#ahead = ahead;
  }

  static async open(database: Database): Promise<Clock> {
    const fact = await database.get<{ id: string; ahead: number }>("facts", FACT);
    return new Clock(database, fact?.ahead ?? 0);
  }

  /** Milliseconds to correct a moment of now with later; undefined when that is better known later. */
  get correction(): number | undefined {
    return this.#heard ? this.#ahead : undefined;
  }

  get heard(): boolean {
    return this.#heard;
  }

  /** Learns from the Date header of an answer. */
  hear(date: string | null): void {
    const server = Date.parse(date ?? "");
    if (Number.isNaN(server)) return;
    this.#ahead = server - Date.now();
    this.#heard = true;
    void this.#database.put("facts", { id: FACT, ahead: this.#ahead } as { id: string });
  }

  /** Now on the server, in milliseconds since 1970. */
  now(): number {
    return Date.now() + this.#ahead;
  }

  /** Today, "2026-11-26". */
  today(): string {
    return DAY.format(this.now());
  }

  /** The day of a moment of this device, never later than today. */
  dayOf(moment: number, correction = this.#ahead): string {
    return DAY.format(Math.min(moment + correction, this.now()));
  }
}
