/** Which municipality somebody means, in running text: as knowledge/places.py reads it. */

import type { Municipalities } from "./municipalities";
import { PlaceContext } from "./place-context";
import type { Named } from "./place-context";
import { Names } from "./ratio";
import type { Near } from "./ratio";
import type { Ambiguous, Choice, Constants, Day, Municipality, Reading, RulesData } from "./shapes";
import { isNumber, letters, windows, Words } from "./words";

/** What a name stands for: a municipality, one of several, an area that is too large, or a place outside. */
export type Entry =
  | { kind: "municipality"; municipality: Municipality }
  | { kind: "ambiguous"; options: Ambiguous["opties"] }
  | { kind: "area" }
  | { kind: "outside" };

interface Hit extends Named {
  entry: Entry;
  name: string;
  score: number;
}

export const namesOf = ({ naam, plaatsen = [], wijken = [], schrijfwijzen = [] }: Municipality) =>
  [naam, ...plaatsen, ...wijken, ...schrijfwijzen];

/** The first and the last postcode of a span, "3811-3819" or "3811". */
export function postcodesOf(span: string): [first: number, last: number] {
  const [first, last = first] = span.split("-").map(Number);
  return [first!, last!];
}

export class PlaceIndex {
  readonly words: Words;
  readonly municipalities: Municipalities;
  /** The code of everywhere else, and what it is called. */
  readonly outside: Choice;
  readonly #constants: Constants["places"];
  readonly #contextConstants: Constants["place_context"];
  readonly #which: string;
  readonly #patterns: Record<"postcode" | "saidOutside" | "nearby", RegExp>;
  readonly #entries = new Map<string, Entry>();
  /** Names with several meanings, by themselves. */
  readonly #ambiguous = new Map<string, Ambiguous["opties"]>();
  readonly #names: Names;
  /** Names by how they sound, one for each place: "blarikum" sounds as "Blaricum" does. */
  readonly #sounds = new Map<string, string[]>();

  constructor({ constanten, welke }: RulesData, municipalities: Municipalities) {
    const { places, place_context, intake, words } = constanten;
    this.words = new Words(words);
    this.municipalities = municipalities;
    this.outside = { code: intake.OUTSIDE_REGION, title: places.OUTSIDE };
    this.#constants = places;
    this.#contextConstants = place_context;
    this.#which = welke;
    const pattern = (source: string) => new RegExp(source, "u");
    this.#patterns = {
      postcode: pattern(places.POSTCODE), saidOutside: pattern(places.SAID_OUTSIDE), nearby: pattern(places.NEARBY),
    };
    this.#addAll();
    this.#names = new Names([...this.#entries.keys()].filter((name) => letters(name).length >= places.FUZZY_FROM));
    this.#listen();
  }

  /** Index every name; the first meaning that is added wins. */
  #addAll(): void {
    const { gemeenten, dubbelzinnig, gebieden, buitenRegio } = this.municipalities.data;
    const entries = gemeenten.map((municipality): Entry => ({ kind: "municipality", municipality }));
    // Who says "Laren" here means the municipality of the region.
    gemeenten.forEach(({ naam }, index) => this.#add(naam, entries[index]!));
    for (const { naam, opties } of dubbelzinnig) {
      this.#add(naam, { kind: "ambiguous", options: opties });
      this.#ambiguous.set(this.words.phrase(naam), opties);
    }
    gemeenten.forEach((municipality, index) => {
      for (const name of namesOf(municipality)) this.#add(name, entries[index]!);
    });
    for (const name of gebieden) this.#add(name, { kind: "area" });
    for (const name of buitenRegio) this.#add(name, { kind: "outside" });
  }

  #add(name: string, entry: Entry): void {
    const phrase = this.words.phrase(name);
    if (!this.#entries.has(phrase)) this.#entries.set(phrase, entry);
  }

  #listen(): void {
    for (const [name, entry] of this.#entries) {
      const heard = this.words.sound(name);
      const alike = this.#sounds.get(heard) ?? [];
      if (!alike.some((other) => this.#entries.get(other) === entry)) this.#sounds.set(heard, [...alike, name]);
    }
  }

  /** What a text says about the place of the firm; null when nothing in it is known. */
  read(text: string, today: Day): Reading | null {
    const clean = this.words.normal(text);
    const tokens = this.words.words(clean);
    const context = new PlaceContext(this.#contextConstants, clean, tokens);
    const named = this.#hits(tokens, context);
    const hits = context.ofTheFirm(named.filter(({ start }) => !context.denied(start, named)));
    const elsewhere = hits.every(({ entry }) => entry.kind === "area" || entry.kind === "outside");
    if (elsewhere && this.#patterns.saidOutside.test(clean)) return this.#reading([this.outside], true);
    if (!hits.length) return named.length ? this.#reading([this.outside], false) : this.#postcode(clean, today);
    const apart = hits.map((hit) => this.#toldApart(hit, named, tokens, context, today));
    const last = apart.findIndex(Boolean);
    if (last >= 0) {
      // The other names were there to tell it apart.
      return this.#reading([apart[last]!], hits.slice(0, last).every((hit) => this.#isCertain(hit, tokens)));
    }
    const found = new Map<string, Choice>();
    for (const choice of hits.flatMap(({ entry }) => this.choicesOf(entry, today))) {
      if (!found.has(choice.code)) found.set(choice.code, choice);
    }
    let choices = [...found.values()];
    if (hits.length > 1) {
      // "tussen Zeist en Arnhem": a place inside the region is likelier meant than one outside.
      const isOutside = ({ code }: Choice) => code === this.outside.code;
      choices = [...choices.filter((choice) => !isOutside(choice)), ...choices.filter(isOutside)];
    }
    return this.#reading(choices, choices.length === 1 && hits.every((hit) => this.#isCertain(hit, tokens)));
  }

  /** What can be chosen of a name. */
  choicesOf(entry: Entry, today: Day): Choice[] {
    if (entry.kind === "municipality") return [this.current(entry.municipality.code, today)];
    if (entry.kind === "outside") return [this.outside];
    if (entry.kind === "area") return [];
    return entry.options.map(({ code, titel }) => ({ code: this.municipalities.current(code, today), title: titel }));
  }

  /** The municipality that holds on this day, with its name. */
  current(code: string, today: Day): Choice {
    const current = this.municipalities.current(code, today);
    return { code: current, title: this.municipalities.municipality(current).naam };
  }

  #reading(choices: Choice[], certain: boolean): Reading {
    return { choices, certain, ask: this.#which };
  }

  #isCertain({ start, entry, name, score }: Hit, tokens: string[]): boolean {
    const { CERTAIN_FUZZY, ALSO_WORDS } = this.#constants;
    if (score < CERTAIN_FUZZY || entry.kind === "ambiguous" || entry.kind === "area") return false;
    if (ALSO_WORDS.includes(name) && !this.#namesPlace(tokens, start)) return false;
    return !this.#patterns.nearby.test(tokens.slice(0, start).join(" "));
  }

  #hits(tokens: string[], context: PlaceContext): Hit[] {
    const hits: Hit[] = [];
    const left = [...tokens]; // a word that is used up becomes empty
    const free = tokens.map(() => true);
    for (const [start, end, name] of windows(tokens, this.#constants.LONGEST_NAME)) {
      const entry = this.#entries.get(name);
      if (!entry || !free.slice(start, end).every(Boolean)) continue;
      hits.push({ start, end, entry, name, score: this.#constants.EXACT });
      free.fill(false, start, end);
      left.fill("", start, end);
    }
    if (!hits.length) return this.#fuzzy(tokens);
    const { ALSO_WORDS } = this.#constants;
    const placed = hits.filter(({ name, start }) => !ALSO_WORDS.includes(name) || this.#namesPlace(tokens, start));
    const kept = placed.length ? placed : hits;
    const smaller = kept.filter(({ entry }) => entry.kind !== "area");
    const found = (smaller.length ? smaller : kept).sort((a, b) => a.start - b.start);
    // "Niet in Nieuwegein, wel in ijselstein", "kom uit Rotterdam, nu gevestigd in ijselstein"
    const isNone = found.every((hit) => context.denied(hit.start, found) || context.elsewhere(hit, found));
    return isNone ? [...found, ...this.#fuzzy(left)] : found;
  }

  /** The best misspelt name, when there is one that is clearly nearest. */
  #fuzzy(tokens: string[]): Hit[] {
    const { LONGEST_MISSPELT, FUZZY_FROM, FUZZY_CUTOFF, NEAREST, STOP_WORDS } = this.#constants;
    let best: Hit | undefined;
    for (const [start, end, phrase] of windows(tokens, LONGEST_MISSPELT)) {
      const spelling = letters(phrase);
      if (spelling.length < FUZZY_FROM || STOP_WORDS.includes(phrase) || isNumber(phrase)) continue;
      // People get the first letter right; "assen" is not a misspelt "lassen".
      const [match, ...others] = this.#names.nearest(phrase, FUZZY_CUTOFF)
        .filter(({ name }) => letters(name)[0] === spelling[0])
        .slice(0, NEAREST);
      if (!match) continue;
      const { name, score } = this.#heard(phrase) ?? this.#trusted(match, others);
      if (!best || score > best.score) best = { start, end, entry: this.#entries.get(name)!, name, score };
    }
    return best ? [best] : [];
  }

  /** The one name that sounds as a phrase does; asked back where the place is outside. */
  #heard(phrase: string): Near | undefined {
    const { CERTAIN_FUZZY } = this.#constants;
    const [name, another] = this.#sounds.get(this.words.sound(phrase)) ?? [];
    if (!name || another) return undefined;
    return { name, score: this.#isOutside(name) ? CERTAIN_FUZZY - 1 : CERTAIN_FUZZY };
  }

  #isOutside(name: string): boolean {
    return this.#entries.get(name)!.kind === "outside";
  }

  /** A match with a score to ask about where another name is about as near, or where the place is outside. */
  #trusted({ name, score }: Near, others: Near[]): Near {
    const { CERTAIN_FUZZY, CLEAR_MARGIN } = this.#constants;
    const rival = others.find((other) => this.#entries.get(other.name) !== this.#entries.get(name));
    const close = rival !== undefined && score - rival.score < CLEAR_MARGIN;
    return { name, score: this.#isOutside(name) || close ? Math.min(score, CERTAIN_FUZZY - 1) : score };
  }

  /** The one meaning of a name with several that the words around it leave: "Laren, dus bij Lochem". */
  #toldApart(hit: Hit, named: Hit[], tokens: string[], context: PlaceContext, today: Day): Choice | undefined {
    const { COMMON_IN_TITLES, GELDERLAND, PROVINCE } = this.#constants;
    const options = this.#ambiguous.get(hit.name);
    if (!options) return undefined;
    const others = named.filter((other) => other !== hit);
    const points = options.map(({ code, titel }) => {
      const hints = this.words.words(titel)
        .filter((word) => !this.words.words(hit.name).includes(word) && !COMMON_IN_TITLES.includes(word))
        .concat(code === this.outside.code ? GELDERLAND : PROVINCE);
      const hinted = tokens.flatMap((token, at) => hints.includes(token) ? [context.denied(at)] : []);
      const placed = others
        .filter(({ entry }) => this.choicesOf(entry, today).some((choice) => choice.code === code))
        .map(({ start }) => context.denied(start, named));
      return [...hinted, ...placed].reduce((sum, isDenied) => sum + (isDenied ? -1 : 1), 0);
    });
    const most = Math.max(...points);
    if (points.filter((given) => given === most).length > 1 || most === Math.min(...points)) return undefined;
    const { code } = options[points.indexOf(most)]!;
    return code === this.outside.code ? this.outside : this.current(code, today);
  }

  /**
   * A postcode suggests a municipality. The four digits may cross a border, so an odd one is asked back, unless all of
   * its hundred lie elsewhere.
   */
  #postcode(clean: string, today: Day): Reading | null {
    const [, first, letterPair] = this.#patterns.postcode.exec(clean) ?? [];
    if (!first) return null;
    const within = (digits: number, size: number) => ([from, to]: [number, number]) =>
      Math.floor(from / size) <= digits && digits <= Math.floor(to / size);
    const spans = ({ postcodes = [] }: Municipality) => postcodes.map(postcodesOf);
    const { gemeenten } = this.municipalities.data;
    const municipality = gemeenten.find((one) => spans(one).some(within(Number(first), 1)));
    if (!municipality) {
      const near = gemeenten.flatMap(spans).some(within(Math.floor(Number(first) / 100), 100));
      return this.#reading([this.outside], letterPair !== undefined && !near);
    }
    return this.#reading([this.current(municipality.code, today)], true);
  }

  /** Whether a word that is also a place stands where places stand: first, nearly alone, or after a word like "in". */
  #namesPlace(tokens: string[], start: number): boolean {
    const { NEARLY_ALONE, BEFORE_PLACES } = this.#constants;
    return start === 0 || tokens.length <= NEARLY_ALONE || BEFORE_PLACES.includes(tokens[start - 1]!);
  }
}
