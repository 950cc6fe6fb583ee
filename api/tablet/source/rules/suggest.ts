/** What somebody who is still typing may mean: what the look-ups make of it, and the names that look like it. */

import type { Entry as PlaceEntry, PlaceIndex } from "./places";
import { namesOf, postcodesOf } from "./places";
import type { SectorIndex } from "./sectors";
import { capital, choiceOf, isDoubt, optionsOf } from "./sectors";
import type { Choice, Day, Municipality } from "./shapes";
import { isNumber } from "./words";

const AT_MOST = 8;
const INSIDE_FROM = 3; // letters: fewer stand somewhere inside of too many names
const POSTCODE_FROM = 2; // digits
const POSTCODE_DIGITS = 4;

/** A name in normal form, what can be chosen by it, and what it is a name of, so that nothing is shown twice. */
interface Named {
  phrase: string;
  subject: string;
  importance: number; // of two that fit as well, the lower comes first
  choices: Choice[];
}

/** How well a name fits what is typed, 0 best; undefined when it does not. */
function fit(phrase: string, typed: string): number | undefined {
  if (phrase === typed) return 0;
  if (phrase.startsWith(typed)) return 1;
  if (phrase.includes(` ${typed}`)) return 2;
  return typed.length >= INSIDE_FROM && phrase.includes(typed) ? 3 : undefined;
}

/** Exact names first, then what was read, then names that look like it. `read` has the subject as its title. */
function suggested(names: Named[], typed: string, read: Choice[]): Choice[] {
  const fitting = names
    .map((name) => ({ ...name, rank: fit(name.phrase, typed) ?? -1 }))
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => a.rank - b.rank || a.importance - b.importance || a.phrase.length - b.phrase.length);
  const exact = fitting.filter(({ rank }) => rank === 0);
  const exactCodes = exact.flatMap(({ choices }) => choices.map(({ code }) => code));
  const found = new Map<string, Choice[]>();
  const add = (subject: string, choices: Choice[]) => found.has(subject) || found.set(subject, choices);
  for (const { subject, choices } of exact) add(subject, choices);
  for (const choice of read) if (!exactCodes.includes(choice.code)) add(choice.title, [choice]);
  for (const { subject, choices } of fitting) add(subject, choices);
  const byTitle = new Map([...found.values()].flat().map((choice) => [choice.title, choice]));
  return [...byTitle.values()].slice(0, AT_MOST);
}

export class SectorSuggestions {
  readonly #index: SectorIndex;
  readonly #names: Named[];

  constructor(index: SectorIndex) {
    this.#index = index;
    this.#names = index.entries.flatMap((entry) => [entry.naam, ...(entry.ook ?? [])].map((name) => {
      const choices = isDoubt(entry) ? optionsOf(entry) : [{ ...choiceOf(entry), title: capital(name) }];
      return { phrase: index.words.phrase(name), subject: capital(entry.naam), importance: 0, choices };
    }));
  }

  for(text: string): Choice[] {
    const typed = this.#index.words.phrase(text);
    if (!typed) return [];
    const choices = suggested(this.#names, typed, this.#index.read(text)?.choices ?? []);
    return choices.map(({ code, title }) => ({ code, title: withMore(title, this.#index.sector(code)) }));
  }
}

export class PlaceSuggestions {
  readonly #index: PlaceIndex;
  readonly #names: { phrase: string; name: string; entry: PlaceEntry }[];

  constructor(index: PlaceIndex) {
    this.#index = index;
    const { gemeenten, dubbelzinnig, buitenRegio } = index.municipalities.data;
    const named = (name: string, entry: PlaceEntry) => ({ phrase: index.words.phrase(name), name, entry });
    this.#names = [
      ...gemeenten.flatMap((municipality) =>
        namesOf(municipality).map((name) => named(name, { kind: "municipality", municipality }))),
      ...dubbelzinnig.map(({ naam, opties }) => named(naam, { kind: "ambiguous", options: opties })),
      ...buitenRegio.map((name) => named(name, { kind: "outside" })),
    ];
  }

  for(text: string, today: Day): Choice[] {
    const typed = this.#index.words.phrase(text);
    if (!typed) return [];
    const read = this.#index.read(text, today)?.choices ?? [];
    const names = this.#names.filter(({ phrase }) => fit(phrase, typed) !== undefined);
    const named = names.map(({ phrase, name, entry }) => this.#named(phrase, name, entry, today));
    return suggested(named, typed, read.length ? read : this.#byPostcode(typed, today));
  }

  #named(phrase: string, name: string, entry: PlaceEntry, today: Day): Named {
    const choices = this.#index.choicesOf(entry, today);
    if (entry.kind === "ambiguous") return { phrase, subject: name, importance: 1, choices };
    const shown = choices.map(({ code, title }) => ({ code, title: this.#title(name, entry, title) }));
    const whole = entry.kind === "municipality" && entry.municipality.naam === name;
    const importance = entry.kind === "outside" ? 2 : whole ? 0 : 1;
    return { phrase, subject: shown[0]!.title, importance, choices: shown };
  }

  /** "Maarn (Utrechtse Heuvelrug)"; of a nickname only the municipality. */
  #title(name: string, entry: PlaceEntry, place: string): string {
    if (entry.kind !== "municipality") return withMore(name, place.toLowerCase());
    return entry.municipality.schrijfwijzen?.includes(name) ? place : withMore(name, place);
  }

  /** The municipalities of which a postcode begins with these digits. */
  #byPostcode(typed: string, today: Day): Choice[] {
    if (!isNumber(typed) || typed.length < POSTCODE_FROM || typed.length > POSTCODE_DIGITS) return [];
    const lowest = Number(typed.padEnd(POSTCODE_DIGITS, "0"));
    const highest = Number(typed.padEnd(POSTCODE_DIGITS, "9"));
    const begins = ({ postcodes = [] }: Municipality) =>
      postcodes.map(postcodesOf).some(([first, last]) => first <= highest && lowest <= last);
    const found = this.#index.municipalities.data.gemeenten.filter(begins);
    return found.map(({ code }) => this.#index.current(code, today));
  }
}

/** A name with what it belongs to, unless that is the same. */
const withMore = (name: string, more: string) => (name.toLowerCase() === more.toLowerCase() ? name : `${name} (${more})`);
