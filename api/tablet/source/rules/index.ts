/** The rules of the intake in the browser: the same data, questions, look-ups and result as on the server. */

import { checkContact } from "./contact";
import { Municipalities } from "./municipalities";
import { PlaceIndex } from "./places";
import { Question } from "./question";
import { makeResult } from "./result";
import { SectorIndex } from "./sectors";
import type { Answers, CheckedContact, Choice, Contact, ContactData, Day, Listed, Outcome, Reading, RulesData } from "./shapes";
import { PlaceSuggestions, SectorSuggestions } from "./suggest";
import { dayInWords, freshness } from "./texts";

export type { Advice, Answers, CheckedContact, Choice, Contact, ContactField, Day, Outcome, Reading, RulesData, Stage, Uitslag } from "./shapes";
export type { Question } from "./question";

const choice = ([code, title]: Listed): Choice => ({ code, title });

export class Rules {
  readonly version: string;
  /** In the order in which they are asked. */
  readonly questions: Question[];
  /** Said of an initiative whose last sign of life is long ago. */
  readonly outdated: string;
  readonly #data: RulesData;
  readonly #municipalities: Municipalities;
  readonly #places: PlaceIndex;
  readonly #sectors: SectorIndex;
  readonly #placeSuggestions: PlaceSuggestions;
  readonly #sectorSuggestions: SectorSuggestions;

  constructor(data: RulesData) {
    this.version = data.versie;
    this.questions = data.vragen.map((question) => new Question(question, data.constanten.intake));
    this.outdated = data.teksten.verouderd;
    this.#data = data;
    this.#municipalities = new Municipalities(data.gemeenten);
    this.#places = new PlaceIndex(data, this.#municipalities);
    this.#sectors = new SectorIndex(data);
    this.#placeSuggestions = new PlaceSuggestions(this.#places);
    this.#sectorSuggestions = new SectorSuggestions(this.#sectors);
  }

  /** The sectors that a text may speak of; null when nothing in it is known. */
  readSector(text: string): Reading | null {
    return this.#sectors.read(text);
  }

  /** The municipalities that a text may speak of; null when nothing in it is known. */
  readPlace(text: string, today: Day): Reading | null {
    return this.#places.read(text, today);
  }

  /** At most eight sectors for a text that is still being typed, likeliest first. */
  suggestSectors(text: string): Choice[] {
    return this.#sectorSuggestions.for(text);
  }

  /** At most eight places for a text that is still being typed, likeliest first. */
  suggestPlaces(text: string, today: Day): Choice[] {
    return this.#placeSuggestions.for(text, today);
  }

  /** Every sector by name, and that it is not known. */
  sectors(): Choice[] {
    return this.#data.sectorenlijst.map(choice);
  }

  /** The municipalities of this day by name, and what there is besides. */
  places(today: Day): Choice[] {
    const valid = this.#municipalities.valid(today).map(({ code, naam }) => ({ code, title: naam }));
    return [...valid, ...this.#data.naastGemeenten.map(choice)];
  }

  /** The result of the answers on this day. Throws a RangeError before the core scan is complete. */
  result(answers: Answers, today: Day): Outcome {
    return makeResult(this.#data, this.questions, this.#municipalities, answers, today);
  }

  /** An answer in words; undefined for a code that cannot be chosen on this day. */
  title(question: string, code: string, today: Day, alone = false): string | undefined {
    const lists: Record<string, () => Choice[]> = { bedrijf: () => this.sectors(), gemeente: () => this.places(today) };
    const choices = lists[question]?.() ?? this.questions.find(({ id }) => id === question)?.choices(alone);
    return choices?.find((choice) => choice.code === code)?.title;
  }

  /** The code of a municipality that holds on this day. */
  current(code: string, today: Day): string {
    return this.#municipalities.current(code, today);
  }

  /** A day in words, "25 november 2026". */
  day(today: Day): string {
    return dayInWords(this.#data.teksten, today);
  }

  /** Limits, choices and words of contact data. */
  get contact(): ContactData {
    return this.#data.contact;
  }

  /** Contact data in one form, and what is wrong with them. */
  checkContact(typed: Contact): CheckedContact {
    return checkContact(this.#data.contact, typed);
  }

  /** When an initiative was last seen, in words. `month` as in "2024-05". */
  seen(month: string): string {
    return freshness(this.#data.teksten, month);
  }
}
