/** From one screen to the next: the start, the questions, the result, and the next entrepreneur. */

import type { Question, Rules } from "../rules/index";
import type { Bar } from "./bar";
import type { Clock } from "./clock";
import type { Database } from "./database";
import { at } from "./dom";
import type { Known, Staff } from "./event";
import type { Idle } from "./idle";
import type { Intake, Intakes } from "./intakes";
import { makeLink } from "./link";
import type { Offline } from "./offline";
import { outcomeScreen } from "./outcome";
import { questionScreen } from "./question";
import { refusedScreen } from "./refused";
import type { Sender } from "./sender";
import { Refused, Unreachable } from "./server";
import { startScreen } from "./start";

const SHARED_SECONDS = 120; // on a tablet that lies there for everybody
const OWN_SECONDS = 30 * 60; // on somebody's own phone, and a result that staff leave on the screen
const DRAFT_SECONDS = 24 * 60 * 60;
const LITTLE_ROOM = 5_000_000; // bytes
const OPEN = "intake:open"; // in sessionStorage: which result this tab shows

const BLOCKED = "Deze browser bewaart niets. De intake werkt alleen met internet: sluit deze pagina niet voordat alles is verstuurd.";
const FULL = "Het geheugen van dit apparaat is vol. Sluit deze pagina niet voordat alles is verstuurd, en maak dan ruimte vrij.";
const NEARLY_FULL = "Het geheugen van dit apparaat is bijna vol. Maak ruimte vrij voordat je begint.";

export interface Parts {
  rules: Rules;
  known: Known;
  database: Database;
  intakes: Intakes;
  sender: Sender;
  clock: Clock;
  staff: Staff;
  offline: Offline;
  idle: Idle;
  bar: Bar;
  /** Where the product is reached from outside. */
  address: string;
}

export class App {
  readonly #parts: Parts;
  #intake: Intake | null = null;
  #isStaff = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    addEventListener("popstate", ({ state }) => this.#wentBack(state));
  }

  /** The first screen after loading: a result that this tab still shows, else the start. */
  async open(): Promise<void> {
    const { intakes, staff } = this.#parts;
    this.#isStaff = await staff.isIn();
    const id = remembered();
    const intake = id && !(await intakes.isHeld(id)) ? await intakes.read(id) : null;
    if (!intake?.revision || intake.event !== this.#event || age(intake) > this.#patience) return this.start();
    this.#take(intake);
    this.#showResult();
  }

  async start(): Promise<void> {
    const { known, rules, bar, staff, offline, database, clock, idle } = this.#parts;
    this.#leave();
    idle.rest();
    if (!database.atRisk) await offline.takeNew();
    this.#isStaff = bar.staff = await staff.isIn();
    void bar.renew();
    const draft = await this.#unfinished();
    const today = clock.today();
    const late = known.event.laatsteDag < today;
    this.#show(startScreen({
      known, staff: this.#isStaff, day: rules.day(known.event.datum),
      warnings: [
        ...(await this.#room()),
        ...(late ? [`Volgens dit apparaat is het ${rules.day(today)}. De code werkte tot en met ${rules.day(known.event.laatsteDag)}. Kijk de klok na.`] : []),
      ],
      unfinished: draft && {
        goOn: () => {
          this.#take(draft);
          this.#askNext();
        },
        drop: () => void this.#parts.intakes.drop(draft.id).then(() => this.#begin()),
      },
      begin: () => this.#begin(),
      logIn: (key) => this.#logIn(key),
      logOut: () => void staff.logOut().then(() => this.start()),
      prepared: () => offline.prepared(),
      prepare: () => offline.renew(),
    }));
  }

  /** Seconds after which what nobody looks at is wiped. A small screen is a phone, which nobody shares. */
  get #patience(): number {
    return this.#isStaff || matchMedia("(max-width: 40rem)").matches ? OWN_SECONDS : SHARED_SECONDS;
  }

  get #event(): string {
    return this.#parts.known.event.code;
  }

  async #logIn(key: string): Promise<string | null> {
    try {
      await this.#parts.staff.logIn(key);
    } catch (fault) {
      if (fault instanceof Refused || (fault instanceof Unreachable && fault.status === 429)) return fault.message;
      return "Aanmelden lukt alleen met internet. Zoek een plek met bereik en probeer het opnieuw.";
    }
    await this.start();
    return null;
  }

  /** What has to be known about this device before an answer can be lost. */
  async #room(): Promise<string[]> {
    const { trouble } = this.#parts.database;
    if (trouble) return [trouble === "blocked" ? BLOCKED : FULL];
    const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
    return quota - usage < LITTLE_ROOM ? [NEARLY_FULL] : [];
  }

  /** The last intake of this event that was not finished, and that nobody else is at; older ones are thrown away. */
  async #unfinished(): Promise<Intake | null> {
    const { intakes } = this.#parts;
    let found: Intake | null = null;
    for (const { intake, state } of await intakes.all()) {
      if (state !== "open" || intake.event !== this.#event || (await intakes.isHeld(intake.id))) continue;
      if (age(intake) > (this.#isStaff ? DRAFT_SECONDS : this.#patience)) await intakes.drop(intake.id);
      else found = intake;
    }
    return found;
  }

  #begin(): void {
    void navigator.storage?.persist?.();
    this.#take({ id: crypto.randomUUID(), event: this.#event, codes: {}, at: 0, touched: Date.now(), revision: 0 });
    this.#askNext();
  }

  #take(intake: Intake): void {
    this.#intake = intake;
    this.#parts.intakes.hold(intake.id);
    if (!this.#isStaff) this.#parts.idle.watch(this.#patience, () => void this.#wipe());
  }

  /** The intake is no longer on the screen; what has to be sent is sent. */
  #leave(): void {
    if (!this.#intake) return;
    this.#parts.intakes.release(this.#intake.id);
    this.#intake = null;
    this.#parts.bar.taken = false;
    remember(null);
    void this.#parts.intakes.sweep();
  }

  async #wipe(): Promise<void> {
    const intake = this.#intake;
    this.#leave();
    document.querySelectorAll("dialog[open]").forEach((dialog) => (dialog as HTMLDialogElement).close());
    if (intake && !intake.revision) await this.#parts.intakes.drop(intake.id);
    await this.start();
  }

  #askNext(): void {
    const next = this.#parts.rules.questions.find(({ id, deel }) => deel === "kern" && !(id in this.#intake!.codes));
    if (next) this.#ask(next);
    else void this.#finish();
  }

  #ask(question: Question, visited = true): void {
    const { rules, clock, known } = this.#parts;
    const intake = this.#intake!;
    const part = rules.questions.filter(({ deel }) => deel === question.deel);
    const before = part[part.indexOf(question) - 1];
    this.#show(questionScreen({
      rules, question, intake, today: clock.today(), municipality: known.event.gemeente,
      answer: (code) => this.#answered(question, code),
      back: () => {
        if (intake.revision) this.#showResult();
        else if (before) this.#ask(before);
        else void this.start();
      },
      backTo: intake.revision ? "Terug naar de uitslag" : before ? "Vorige" : "Terug naar het begin",
      goTo: (one) => this.#ask(one),
    }), visited ? { intake: intake.id, question: question.id } : undefined);
  }

  #answered(question: Question, code: string): void {
    const { rules, intakes } = this.#parts;
    const intake = this.#intake!;
    intake.codes[question.id] = code;
    intake.touched = Date.now();
    const further = rules.questions.filter(({ deel }) => deel === "verdieping");
    const next = further.find(({ id }) => !(id in intake.codes));
    if (question.deel === "verdieping" && next) {
      void intakes.save(intake).then(() => this.#warn());
      this.#ask(next);
    } else if (intake.revision) void this.#finish();
    else {
      void intakes.save(intake).then(() => this.#warn());
      this.#askNext();
    }
  }

  /** The answers are whole, or whole again: they are kept, shown and sent, in this order. */
  async #finish(): Promise<void> {
    const { intakes, sender, bar, clock } = this.#parts;
    const intake = this.#intake!;
    if (!intake.revision) Object.assign(intake, { at: Date.now(), correction: clock.correction });
    intake.revision++;
    remember(intake.id);
    bar.taken = true;
    await intakes.save(intake);
    this.#warn();
    if (this.#intake === intake) this.#showResult();
    void bar.renew();
    sender.hurry();
  }

  #showResult(): void {
    const { rules, clock, address, idle } = this.#parts;
    const intake = this.#intake!;
    const further = rules.questions.filter(({ deel }) => deel === "verdieping");
    const open = further.find(({ id }) => !(id in intake.codes));
    const day = clock.dayOf(intake.at, intake.correction);
    if (this.#isStaff) idle.watch(this.#patience, () => void this.#wipe());
    this.#show(outcomeScreen({
      rules, intake, day, outcome: rules.result(intake.codes, day), link: makeLink(address, intake.codes, day),
      done: this.#isStaff ? "Volgende ondernemer" : "Klaar",
      close: () => {
        const staff = this.#isStaff;
        idle.rest();
        this.#leave();
        if (staff) this.#begin();
        else void this.start();
      },
      goOn: open ? () => this.#ask(open) : null,
      change: (id) => this.#ask(rules.questions.find((question) => question.id === id)!),
    }), { intake: intake.id });
  }

  /** What the server did not take, for staff. */
  async showRefused(): Promise<void> {
    const { rules, intakes, clock, bar } = this.#parts;
    const refused = (await intakes.all()).filter(({ state }) => state === "refused").map(({ intake, reason }) =>
      ({ intake, reason, day: clock.dayOf(intake.at, intake.correction) }));
    const back = () => (this.#intake ? this.#wentBack({ intake: this.#intake.id }) : void this.start());
    const drop = async () => {
      for (const { intake } of refused) if (intake.id !== this.#intake?.id) await intakes.drop(intake.id);
      await bar.renew();
      back();
    };
    this.#show(refusedScreen(rules, this.#event, refused, () => void drop(), back));
  }

  /** The browser's own way back: within one intake, and never to that of somebody before. */
  #wentBack(state: { intake?: string; question?: string } | null): void {
    if (!this.#intake) return void this.start();
    const question = this.#parts.rules.questions.find(({ id }) => id === state?.question);
    if (state?.intake === this.#intake.id && question) this.#ask(question, false);
    else if (this.#intake.revision) this.#showResult();
    else this.#askNext();
  }

  #warn(): void {
    const { database, bar } = this.#parts;
    if (database.trouble) bar.warn(database.trouble === "blocked" ? BLOCKED : FULL);
  }

  #show(screen: HTMLElement, state?: object): void {
    at("scherm").replaceChildren(screen);
    const heading = at("kop");
    document.title = `${heading.textContent} – Digitale hulp voor ondernemers`;
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
    if (state) history.pushState(state, "");
  }
}

const age = ({ touched }: Intake) => Math.abs(Date.now() - touched) / 1000;

function remembered(): string | null {
  try {
    return sessionStorage.getItem(OPEN);
  } catch {
    return null;
  }
}

function remember(id: string | null): void {
  try {
    if (id) sessionStorage.setItem(OPEN, id);
    else sessionStorage.removeItem(OPEN);
  } catch {
    // A reload shows the start then.
  }
}
