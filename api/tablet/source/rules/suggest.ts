/** What somebody who is still typing may mean: what the look-ups make of it, and the names that look like it. */

import type { Entry as PlaceEntry, PlaceIndex } from "./places";
import { namesOf, postcodesOf } from "./places";
import type { Entry as SectorEntry, SectorIndex } from "./sectors";
import { capital, isDoubt, sectorCode } from "./sectors";
import type { Choice, Day, Municipality } from "./shapes";
import { isNumber } from "./words";

const AT_MOST = 8;
const INSIDE_FROM = 3; // letters: fewer stand somewhere inside of too many names
const POSTCODE_FROM = 2; // digits
const POSTCODE_DIGITS = 4;

/** Something to choose, and what it is by its plainest name: what several names stand for is shown once. */
interface Option extends Choice {
  subject: string;
}

/** A name in normal form and what can be chosen by it; of two that fit as well the one of less `order` comes first. */
interface Named {
  phrase: string;
  order: number;
  options: Option[];
}

/** How well a name fits what is typed, 0 best; undefined when it does not. */
function fit(phrase: string, typed: string): number | undefined {
  if (phrase === typed) return 0;
  if (phrase.startsWith(typed)) return 1;
  if (phrase.includes(` ${typed}`)) return 2;
  return typed.length >= INSIDE_FROM && phrase.includes(typed) ? 3 : undefined;
}

/** Exact names first, then what was read, then names that look like it. What was read has its plainest name. */
function suggested(names: Named[], typed: string, read: Choice[]): Choice[] {
  const fitting = names
    .flatMap((name) => {
      const rank = fit(name.phrase, typed);
      return rank === undefined ? [] : [{ ...name, rank }];
    })
    .sort((a, b) => a.rank - b.rank || a.order - b.order || a.phrase.length - b.phrase.length);
  const exact = fitting.filter(({ rank }) => rank === 0).flatMap(({ options }) => options);
  const similar = fitting.flatMap(({ options }) => options);
  const others = read.filter(({ code }) => !exact.some((option) => option.code === code));
  const asTyped = others.map(({ code, title }) =>
    similar.find((option) => option.subject === title && option.code === code) ?? { code, title, subject: title });
  const shown = new Map<string, Option>();
  for (const option of [...exact, ...asTyped, ...similar]) {
    const key = `${option.code} ${option.subject}`;
    if (!shown.has(key)) shown.set(key, option);
  }
  return [...shown.values()].slice(0, AT_MOST).map(({ code, title }) => ({ code, title }));
}

export class SectorSuggestions {
  readonly #index: SectorIndex;
  readonly #names: Named[];

  constructor(index: SectorIndex) {
    this.#index = index;
    this.#names = index.entries.flatMap((entry) => [entry.naam, ...(entry.ook ?? [])].map((name) => {
      const phrase = index.words.phrase(name);
      const order = isDoubt(entry) ? 3 : phrase.includes(" ") ? 2 : name === entry.naam ? 0 : 1;
      return { phrase, order, options: optionsBy(name, entry) };
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
    const names = this.#names.filter(({ phrase, name, entry }) =>
      isNickname(name, entry) ? phrase.startsWith(typed) : fit(phrase, typed) !== undefined);
    const named = names.map(({ phrase, name, entry }) => this.#named(phrase, name, entry, today));
    return suggested(named, typed, read.length ? read : this.#byPostcode(typed, today));
  }

  #named(phrase: string, name: string, entry: PlaceEntry, today: Day): Named {
    const options = this.#index.choicesOf(entry, today).map(({ code, title: place }) => {
      const title = this.#title(name, entry, place);
      return { code, title, subject: title };
    });
    const whole = entry.kind === "municipality" && entry.municipality.naam === name;
    return { phrase, order: entry.kind === "outside" ? 2 : whole ? 0 : 1, options };
  }

  /** "Maarn (Utrechtse Heuvelrug)"; of a nickname only the municipality. */
  #title(name: string, entry: PlaceEntry, place: string): string {
    if (entry.kind === "ambiguous" || isNickname(name, entry)) return place;
    return withMore(name, entry.kind === "outside" ? place.toLowerCase() : place);
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

/** Whether a name is one that people use but that is not written: "keistad", "033". */
const isNickname = (name: string, entry: PlaceEntry) =>
  entry.kind === "municipality" && !!entry.municipality.schrijfwijzen?.includes(name);

/** What can be chosen by a name of an activity, or of a word that may mean several: "Bakker: Ik bak zelf". */
function optionsBy(name: string, entry: SectorEntry): Option[] {
  const title = capital(name);
  if (!isDoubt(entry)) return [{ code: sectorCode(entry), title, subject: capital(entry.naam) }];
  return entry.opties.map((option) => (
    { code: sectorCode(option), title: `${title}: ${option.titel}`, subject: capital(option.titel) }
  ));
}

/** A name with what it belongs to, unless that is the same. */
const withMore = (name: string, more: string) => (name.toLowerCase() === more.toLowerCase() ? name : `${name} (${more})`);
