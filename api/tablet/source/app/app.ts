/** From one screen to the next: the start, the questions, the result, and the next entrepreneur. */

import type { Question, Rules } from "../rules/index";
import { Asking } from "./asking";
import type { Bar } from "./bar";
import type { Clock } from "./clock";
import type { Consents } from "./consents";
import type { ContactSender, Fate } from "./contact-sender";
import type { Contacts } from "./contacts";
import type { Database } from "./database";
import { at, fill } from "./dom";
import type { Known, Staff } from "./event";
import type { Idle } from "./idle";
import { age, type Intake, type Intakes } from "./intakes";
import { makeLink } from "./link";
import type { Offline } from "./offline";
import { outcomeScreen } from "./outcome";
import { questionScreen } from "./question";
import { allRefused, refusedScreen } from "./refused";
import { roomWarnings, TROUBLE } from "./room";
import type { Sender } from "./sender";
import { Refused, Unreachable } from "./server";
import { startScreen } from "./start";
import { remember, remembered } from "./tab";
import * as w from "../words/tablet.json";

const SHARED_SECONDS = 120; // on a tablet that lies there for everybody
const OWN_SECONDS = 30 * 60; // on somebody's own phone, and a result that staff leave on the screen
const DRAFT_SECONDS = 24 * 60 * 60;
const OPEN = "intake:open"; // which result this tab shows

export interface Parts {
  rules: Rules;
  known: Known;
  database: Database;
  intakes: Intakes;
  sender: Sender;
  consents: Consents;
  contacts: Contacts;
  contactSender: ContactSender;
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
  readonly #asking: Asking;
  #intake: Intake | null = null;
  #isStaff = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#asking = new Asking(parts);
    addEventListener("popstate", ({ state }) => this.#wentBack(state));
  }

  /** The first screen after loading: a result that this tab still shows, else the start. */
  async open(): Promise<void> {
    const { intakes, staff } = this.#parts;
    this.#isStaff = await staff.isIn();
    const id = remembered(OPEN);
    const intake = id && !(await intakes.isHeld(id)) ? await intakes.read(id) : null;
    if (!intake?.revision || intake.event !== this.#event || age(intake) > this.#patience) return this.start();
    this.#take(intake);
    await this.#asking.restore();
    this.#showResult();
  }

  /** What became of a request for contact. */
  told(id: string, fate: Fate): void {
    this.#asking.told(id, fate);
  }

  /** The sending goes otherwise than before. */
  renew(): void {
    this.#asking.renew();
  }

  async start(): Promise<void> {
    const { known, rules, intakes, bar, staff, offline, database, clock, idle, consents } = this.#parts;
    this.#leave();
    idle.rest();
    if (!database.atRisk) await offline.takeNew();
    this.#isStaff = bar.staff = await staff.isIn();
    void bar.renew();
    const texts = consents.renew();
    const draft = await intakes.unfinished(this.#event, this.#isStaff ? DRAFT_SECONDS : this.#patience);
    const today = clock.today();
    const late = known.event.laatsteDag < today;
    this.#show(startScreen({
      known, staff: this.#isStaff, day: rules.day(known.event.datum),
      warnings: [
        ...(await roomWarnings(database)),
        ...(late ? [fill(w.kijkKlok, rules.day(today), rules.day(known.event.laatsteDag))] : []),
      ],
      unfinished: draft && {
        goOn: () => {
          this.#take(draft);
          this.#askNext();
        },
        drop: () => void intakes.drop(draft.id).then(() => this.#begin()),
      },
      begin: () => this.#begin(),
      logIn: (key) => this.#logIn(key),
      logOut: () => void staff.logOut().then(() => this.start()),
      prepared: async () => (consents.known || (await texts)) && offline.prepared(),
      prepare: async () => (await consents.renew()) && offline.renew(),
    }));
  }

  /** Seconds after which what nobody looks at is wiped. A small screen is a phone, which nobody shares. */
  get #patience(): number {
    return this.#isStaff || this.#isOwn ? OWN_SECONDS : SHARED_SECONDS;
  }

  get #isOwn(): boolean {
    return !this.#isStaff && matchMedia("(max-width: 40rem)").matches;
  }

  get #event(): string {
    return this.#parts.known.event.code;
  }

  async #logIn(key: string): Promise<string | null> {
    try {
      await this.#parts.staff.logIn(key);
    } catch (fault) {
      if (fault instanceof Refused || (fault instanceof Unreachable && fault.status === 429)) return fault.message;
      return w.aanmeldenInternet;
    }
    await this.start();
    return null;
  }

  #begin(): void {
    void navigator.storage?.persist?.();
    void this.#parts.consents.renew();
    this.#take({ id: crypto.randomUUID(), event: this.#event, codes: {}, at: 0, touched: Date.now(), revision: 0 });
    this.#askNext();
  }

  #take(intake: Intake): void {
    this.#intake = intake;
    this.#parts.intakes.hold(intake.id);
    if (!this.#isStaff) this.#watch(this.#patience);
  }

  /** The intake is no longer on the screen; what has to be sent is sent. */
  #leave(): void {
    this.#asking.clear();
    remember(OPEN, null);
    if (!this.#intake) return;
    this.#parts.intakes.release(this.#intake.id);
    this.#intake = null;
    this.#parts.bar.taken = false;
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
      backTo: intake.revision ? w.terugUitslag : before ? w.vorige : w.terugBegin,
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
    remember(OPEN, intake.id);
    bar.taken = true;
    await intakes.save(intake);
    this.#warn();
    if (this.#intake === intake) this.#showResult();
    void bar.renew();
    sender.hurry();
  }

  #showResult(): void {
    const { rules, clock, address } = this.#parts;
    const intake = this.#intake!;
    const further = rules.questions.filter(({ deel }) => deel === "verdieping");
    const open = further.find(({ id }) => !(id in intake.codes));
    const day = clock.dayOf(intake.at, intake.correction);
    const outcome = rules.result(intake.codes, day);
    if (this.#isStaff) this.#watch(this.#patience);
    this.#show(outcomeScreen({
      rules, intake, day, outcome, link: makeLink(address, intake.codes, day),
      done: this.#done,
      close: () => this.#close(),
      goOn: open ? () => this.#ask(open) : null,
      contact: this.#asking.invitation(outcome, () => this.#askContact()),
      change: (id) => this.#ask(rules.questions.find((question) => question.id === id)!),
    }), { intake: intake.id });
  }

  /** The form to ask for contact. What is filled in there is wiped soon, also on a device that staff hold. */
  #askContact(visited = true): void {
    const { rules, clock } = this.#parts;
    const intake = this.#intake!;
    const day = clock.dayOf(intake.at, intake.correction);
    this.#watch(this.#isOwn ? OWN_SECONDS : SHARED_SECONDS);
    this.#show(this.#asking.screen({
      intake, day, own: this.#isOwn, outcome: rules.result(intake.codes, day),
      again: () => this.#intake === intake && this.#askContact(false),
      back: () => this.#showResult(),
      done: this.#done,
      close: () => this.#close(),
    }), visited ? { intake: intake.id, contact: true } : undefined);
  }

  #watch(seconds: number): void {
    this.#parts.idle.watch(seconds, () => void this.#wipe());
  }

  get #done(): string {
    return this.#isStaff ? w.volgende : w.klaar;
  }

  #close(): void {
    const staff = this.#isStaff;
    this.#parts.idle.rest();
    this.#leave();
    if (staff) this.#begin();
    else void this.start();
  }

  /** What the server did not take, for staff. */
  async showRefused(): Promise<void> {
    const { rules, intakes, contactSender, bar, staff } = this.#parts;
    const refused = await allRefused(this.#parts);
    const back = () => (this.#intake ? this.#wentBack({ intake: this.#intake.id }) : void this.start());
    const left = () => bar.renew().then(back);
    const dropIntakes = async () => {
      for (const { intake } of refused.intakes) if (intake.id !== this.#intake?.id) await intakes.drop(intake.id);
      await left();
    };
    this.#show(refusedScreen({
      rules, event: this.#event, ...refused, staff: await staff.isIn(), back,
      dropIntakes: () => void dropIntakes(),
      dropContact: (id) => void contactSender.drop(id).then(left),
    }));
  }

  /** The browser's own way back: within one intake, and never to that of somebody before. */
  #wentBack(state: { intake?: string; question?: string; contact?: true } | null): void {
    if (!this.#intake) return void this.start();
    const question = this.#parts.rules.questions.find(({ id }) => id === state?.question);
    if (state?.intake === this.#intake.id && question) this.#ask(question, false);
    else if (state?.intake === this.#intake.id && state.contact) this.#askContact(false);
    else if (this.#intake.revision) this.#showResult();
    else this.#askNext();
  }

  #warn(): void {
    const { database, bar } = this.#parts;
    if (database.trouble) bar.warn(TROUBLE[database.trouble]);
  }

  #show(screen: HTMLElement, state?: object): void {
    at("scherm").replaceChildren(screen);
    const heading = at("kop");
    document.title = fill(w.paginaTitel, heading.textContent);
    scrollTo(0, 0);
    heading.focus({ preventScroll: true });
    if (state) history.pushState(state, "");
  }
}

