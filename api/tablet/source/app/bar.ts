/** The strip at the top: at which event this is, and how the sending goes. */

import { at, button } from "./dom";
import type { Intakes } from "./intakes";

const waiting = (count: number) => `${count} ${count === 1 ? "intake wacht" : "intakes wachten"} op internet`;

export class Bar {
  readonly #intakes: Intakes;
  readonly #showRefused: () => void;
  /** How many this device has sent for the event. */
  readonly #tally: () => Promise<number>;
  staff = false;
  /** Whether a result is on the screen, or was sent since. */
  taken = false;
  /** Whether the last try to send failed: until then nobody is told of waiting. */
  readonly #failing: () => boolean;

  constructor(intakes: Intakes, tally: () => Promise<number>, failing: () => boolean, showRefused: () => void) {
    this.#failing = failing;
    this.#intakes = intakes;
    this.#tally = tally;
    this.#showRefused = showRefused;
  }

  name(event: string): void {
    at("evenement").textContent = event;
    at("balk").hidden = false;
  }

  /** Says that this device cannot keep what is answered. */
  warn(text: string): void {
    if (at("alarm").textContent !== text) at("alarm").textContent = text;
  }

  async renew(): Promise<void> {
    const counted = await this.#intakes.count();
    const sent = await this.#tally();
    const done = !counted.waiting && !counted.refused && sent > 0 && (this.staff || this.taken);
    const told = counted.waiting && this.#failing() ? waiting(counted.waiting) : done ? "Alles is verstuurd" : "";
    const text = told && this.staff && sent ? `${told} (verstuurd: ${sent})` : told;
    // Screen readers tell every change, so nothing is put there twice.
    if (at("stand").textContent !== text) at("stand").textContent = text;
    const shown = this.staff && counted.refused ? [button(`Niet verstuurd: ${counted.refused}`, this.#showRefused, "keuze klein")] : [];
    at("geweigerd").replaceChildren(...shown);
  }
}
