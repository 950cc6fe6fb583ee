/** The intakes on this device: the one that is being taken, and those that wait until they are sent. */

import type { Database, Row } from "./database";
import { remembered } from "./tab";
import type { Sealed, Vault } from "./vault";

/** One intake. `at` is when it had its first result by the clock of this device, in milliseconds since 1970. */
export interface Intake {
  id: string;
  event: string;
  codes: Record<string, string>;
  at: number;
  /** What to correct `at` with; without it what is known at sending. */
  correction?: number;
  /** When something was last answered. */
  touched: number;
  /** How often it had a result; 0 while it has none yet. */
  revision: number;
}

/** How far the sending of an intake is. Only the sender writes it, as only the page writes the intake. */
export interface Delivery {
  id: string;
  event: string;
  /** The revision that the server has; 0 for none. */
  revision: number;
  /** The revision that was sent first: what arrived when the answer was lost. */
  posted: number;
  /** The revision that was refused, and why. */
  refused?: number;
  reason?: string;
  intakeId?: string;
}

export type State = "open" | "waiting" | "sent" | "refused";

interface IntakeRow extends Sealed {
  revision: number;
}

type DeliveryRow = Sealed & Omit<Delivery, "intakeId">;

export const stateOf = ({ revision }: { revision: number }, delivery?: Pick<Delivery, "revision" | "refused">): State => {
  if (!revision) return "open";
  if (delivery?.refused === revision) return "refused";
  return delivery?.revision === revision ? "sent" : "waiting";
};

/** Seconds since something was last answered. */
export const age = ({ touched }: Intake): number => Math.abs(Date.now() - touched) / 1000;

const lock = (id: string) => `intake ${id}`;

export class Intakes {
  readonly #database: Database;
  readonly #vault: Vault;
  readonly #held = new Map<string, () => void>();
  #saving: Promise<unknown> = Promise.resolve();

  constructor(database: Database, vault: Vault) {
    this.#database = database;
    this.#vault = vault;
  }

  /** Keeps an intake as it is now; later calls wait for earlier ones. */
  save(intake: Intake): Promise<void> {
    const { id, event, revision, ...rest } = structuredClone(intake);
    const saved = this.#saving.then(async () => {
      const sealed = await this.#vault.seal(id, event, rest);
      await this.#database.put("intakes", { ...sealed, revision } as Row);
    });
    this.#saving = saved.catch(() => {});
    return saved;
  }

  async read(id: string): Promise<Intake | null> {
    const row = await this.#database.get<IntakeRow>("intakes", id);
    return row ? this.#opened(row) : null;
  }

  /** Every intake with its state, by the order in which they were last touched. */
  async all(): Promise<{ intake: Intake; state: State; reason: string }[]> {
    const deliveries = await this.#deliveries();
    const found = await Promise.all((await this.#database.all<IntakeRow>("intakes")).map(async (row) => {
      const [intake, delivery] = [await this.#opened(row), deliveries.get(row.id)];
      return intake && { intake, state: stateOf(row, delivery), reason: delivery?.reason ?? "" };
    }));
    return found.filter((one) => one !== null).sort((one, other) => one.intake.touched - other.intake.touched);
  }

  /** The last intake of an event that was not finished, and that nobody else is at; older ones are thrown away. */
  async unfinished(event: string, seconds: number): Promise<Intake | null> {
    let found: Intake | null = null;
    for (const { intake, state } of await this.all()) {
      if (state !== "open" || intake.event !== event || (await this.isHeld(intake.id))) continue;
      if (age(intake) > seconds) await this.drop(intake.id);
      else found = intake;
    }
    return found;
  }

  /** How many intakes are in each state. */
  async count(): Promise<Record<State, number>> {
    const deliveries = await this.#deliveries();
    const counted = { open: 0, waiting: 0, sent: 0, refused: 0 };
    for (const row of await this.#database.all<IntakeRow>("intakes")) counted[stateOf(row, deliveries.get(row.id))]++;
    return counted;
  }

  async delivery(id: string): Promise<Delivery | undefined> {
    const row = await this.#database.get<DeliveryRow>("deliveries", id);
    if (!row) return undefined;
    const { event, revision, posted, refused, reason } = row;
    return { id, event, revision, posted, refused, reason, ...(await this.#vault.unseal<{ intakeId?: string }>(row)) };
  }

  async note({ intakeId, ...delivery }: Delivery): Promise<void> {
    const sealed = await this.#vault.seal(delivery.id, delivery.event, { intakeId });
    await this.#database.put("deliveries", { ...sealed, ...delivery } as Row);
  }

  /** Says that an intake is on the screen here: it is not removed, and no other tab offers to go on with it. */
  hold(id: string): void {
    if (this.#held.has(id)) return;
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    this.#held.set(id, release);
    void navigator.locks?.request(lock(id), () => held);
  }

  release(id: string): void {
    this.#held.get(id)?.();
    this.#held.delete(id);
  }

  /** Whether an intake is on the screen here or in another tab. */
  async isHeld(id: string): Promise<boolean> {
    if (this.#held.has(id)) return true;
    const { held = [] } = (await navigator.locks?.query()) ?? {};
    return held.some(({ name }) => name === lock(id));
  }

  drop = (id: string): Promise<void> => this.#database.remove(id, () => true);

  /** Removes what was sent and is on no screen any more. */
  async sweep(): Promise<void> {
    await this.#saving;
    for (const { id } of await this.#database.all("intakes")) {
      if (id === remembered("intake:open") || (await this.isHeld(id))) continue; // also while this tab loads again
      await this.#database.remove(id, (intake, delivery) => !!intake && stateOf(intake, delivery) === "sent");
    }
  }

  async #opened({ revision, ...row }: IntakeRow): Promise<Intake | null> {
    const rest = await this.#vault.unseal<Omit<Intake, "id" | "event" | "revision">>(row);
    return rest && { id: row.id, event: row.event, revision, ...rest };
  }

  async #deliveries(): Promise<Map<string, DeliveryRow>> {
    return new Map((await this.#database.all<DeliveryRow>("deliveries")).map((row) => [row.id, row]));
  }
}
