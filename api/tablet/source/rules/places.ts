/** Which municipality somebody means, in running text: as knowledge/places.py reads it. */

import type { Municipalities } from "./municipalities";
import { Names } from "./ratio";
import type { Ambiguous, Choice, Constants, Day, Municipality, Reading, RulesData } from "./shapes";
import { isNumber, letters, windows, Words } from "./words";

/** What a name stands for: a municipality, one of several, an area that is too large, or a place outside. */
export type Entry =
  | { kind: "municipality"; municipality: Municipality }
  | { kind: "ambiguous"; options: Ambiguous["opties"] }
  | { kind: "area" }
  | { kind: "outside" };

interface Hit {
  start: number;
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
  readonly #which: string;
  readonly #patterns: Record<"postcode" | "saidOutside" | "nearby", RegExp>;
  readonly #entries = new Map<string, Entry>();
  readonly #names: Names;

  constructor({ constanten, welke }: RulesData, municipalities: Municipalities) {
    const { places, intake, words } = constanten;
    this.words = new Words(words);
    this.municipalities = municipalities;
    this.outside = { code: intake.OUTSIDE_REGION, title: places.OUTSIDE };
    this.#constants = places;
    this.#which = welke;
    const pattern = (source: string) => new RegExp(source, "u");
    this.#patterns = {
      postcode: pattern(places.POSTCODE), saidOutside: pattern(places.SAID_OUTSIDE), nearby: pattern(places.NEARBY),
    };
    this.#addAll();
    this.#names = new Names([...this.#entries.keys()].filter((name) => letters(name).length >= places.FUZZY_FROM));
  }

  /** Index every name; the first meaning that is added wins. */
  #addAll(): void {
    const { gemeenten, dubbelzinnig, gebieden, buitenRegio } = this.municipalities.data;
    const entries = gemeenten.map((municipality): Entry => ({ kind: "municipality", municipality }));
    // Who says "Laren" here means the municipality of the region.
    gemeenten.forEach(({ naam }, index) => this.#add(naam, entries[index]!));
    for (const { naam, opties } of dubbelzinnig) this.#add(naam, { kind: "ambiguous", options: opties });
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

  /** What a text says about the place of the firm; null when nothing in it is known. */
  read(text: string, today: Day): Reading | null {
    const clean = this.words.normal(text);
    const tokens = this.words.words(clean);
    const named = this.#hits(tokens);
    const meant = named.filter((hit) => !this.#denied(tokens, hit.start));
    const here = this.#here(meant, tokens);
    const hits = here.length ? here : meant;
    const elsewhere = hits.every(({ entry }) => entry.kind === "area" || entry.kind === "outside");
    if (elsewhere && this.#patterns.saidOutside.test(clean)) return this.#reading([this.outside], true);
    if (!hits.length) return named.length ? this.#reading([this.outside], false) : this.#postcode(clean, today);
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

  #hits(tokens: string[]): Hit[] {
    const hits: Hit[] = [];
    const left = [...tokens]; // a word that is used up becomes empty
    const free = tokens.map(() => true);
    for (const [start, end, name] of windows(tokens, this.#constants.LONGEST_NAME)) {
      const entry = this.#entries.get(name);
      if (!entry || !free.slice(start, end).every(Boolean)) continue;
      hits.push({ start, entry, name, score: this.#constants.EXACT });
      free.fill(false, start, end);
      left.fill("", start, end);
    }
    if (!hits.length) return this.#fuzzy(tokens);
    const smaller = hits.filter(({ entry }) => entry.kind !== "area");
    const found = (smaller.length ? smaller : hits).sort((a, b) => a.start - b.start);
    // "kom uit Rotterdam, nu gevestigd in ijselstein"
    return this.#here(found, tokens).length ? found : [...found, ...this.#fuzzy(left)];
  }

  /** The best misspelt name, when there is one that is clearly nearest. */
  #fuzzy(tokens: string[]): Hit[] {
    const { LONGEST_MISSPELT, FUZZY_FROM, FUZZY_CUTOFF, NEAREST, STOP_WORDS } = this.#constants;
    let best: Hit | undefined;
    for (const [start, , phrase] of windows(tokens, LONGEST_MISSPELT)) {
      const spelling = letters(phrase);
      if (spelling.length < FUZZY_FROM || STOP_WORDS.includes(phrase) || isNumber(phrase)) continue;
      const near = this.#names.nearest(phrase, FUZZY_CUTOFF).slice(0, NEAREST);
      // People get the first letter right; "assen" is not a misspelt "lassen".
      const [match, ...others] = near.filter(({ name }) => letters(name)[0] === spelling[0]);
      if (!match) continue;
      const entry = this.#entries.get(match.name)!;
      const rival = others.find(({ name }) => this.#entries.get(name) !== entry);
      const score = this.#trusted(match.score, entry, rival?.score);
      if (!best || score > best.score) best = { start, entry, name: match.name, score };
    }
    return best ? [best] : [];
  }

  /** A score that is lowered to one to ask about where another name is about as near, or where the place is outside. */
  #trusted(score: number, entry: Entry, rival?: number): number {
    const { CERTAIN_FUZZY, CLEAR_MARGIN } = this.#constants;
    const close = rival !== undefined && score - rival < CLEAR_MARGIN;
    return entry.kind === "outside" || close ? Math.min(score, CERTAIN_FUZZY - 1) : score;
  }

  /** A postcode suggests a municipality; the four digits may cross a border, so an odd one is asked back. */
  #postcode(clean: string, today: Day): Reading | null {
    const digits = Number(this.#patterns.postcode.exec(clean)?.[1]);
    if (!digits) return null;
    const municipality = this.municipalities.data.gemeenten.find(({ postcodes = [] }) =>
      postcodes.map(postcodesOf).some(([first, last]) => first <= digits && digits <= last));
    if (!municipality) return this.#reading([this.outside], false);
    return this.#reading([this.current(municipality.code, today)], true);
  }

  /** Whether the name at `start` is where the firm is not. */
  #denied(tokens: string[], start: number): boolean {
    const { DENIED_WITHIN, BEFORE_NAMES, DENIALS } = this.#constants;
    const before = tokens.slice(Math.max(0, start - DENIED_WITHIN), start).filter((token) => !BEFORE_NAMES.includes(token));
    return DENIALS.some((denial) => before.slice(-denial.length).join(" ") === denial.join(" "));
  }

  /** Whether a word that is also a place stands where places stand: first, nearly alone, or after a word like "in". */
  #namesPlace(tokens: string[], start: number): boolean {
    const { NEARLY_ALONE, PREPOSITIONS } = this.#constants;
    return start === 0 || tokens.length <= NEARLY_ALONE || PREPOSITIONS.includes(tokens[start - 1]!);
  }

  /** The places of which nothing says that the firm is elsewhere. */
  #here(hits: Hit[], tokens: string[]): Hit[] {
    return hits.filter(({ start }, index) => {
      const between = tokens.slice(hits[index - 1]?.start ?? 0, start);
      return !between.some((token) => this.#constants.ELSEWHERE.includes(token));
    });
  }
}
