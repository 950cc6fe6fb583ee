/** What a firm does, in running text: as knowledge/sectors.py reads it. */

import { Names } from "./ratio";
import type { Activity, Choice, Constants, Doubt, Reading, RulesData, SectorsData } from "./shapes";
import { isNumber, letters, windows, Words } from "./words";

export type Entry = Activity | Doubt;

interface Hit {
  start: number;
  entry: Entry;
  quality: "exact" | "compound" | "fuzzy";
}

type Sections = Pick<Activity, "sbi2025" | "sbi2008">;

export const isDoubt = (entry: Entry): entry is Doubt => "vraag" in entry;
export const sectorCode = ({ sbi2025, sbi2008 }: Sections) => `${sbi2025}/${sbi2008}`;
export const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

export class SectorIndex {
  readonly words: Words;
  readonly data: SectorsData;
  readonly #constants: Constants["sectors"];
  readonly #which: string;
  readonly #phrases = new Map<string, Entry>();
  readonly #single: string[];
  readonly #names: Names;

  constructor({ sectoren, constanten, welke }: RulesData) {
    this.words = new Words(constanten.words);
    this.data = sectoren;
    this.#constants = constanten.sectors;
    this.#which = welke;
    for (const entry of this.entries) {
      for (const name of [entry.naam, ...(entry.ook ?? [])]) {
        const phrase = this.words.phrase(name);
        this.#add(phrase, entry);
        this.#add(this.words.stemmed(phrase), entry);
      }
    }
    const { COMPOUND_FROM } = this.#constants;
    this.#single = [...this.#phrases.keys()].filter((name) => !name.includes(" ") && letters(name).length >= COMPOUND_FROM);
    this.#names = new Names(this.#single);
  }

  /** Everything that has a name, in the order in which names are looked for. */
  get entries(): Entry[] {
    return [...this.data.activiteiten, ...this.data.twijfel];
  }

  /** What the sector of a code is called. */
  sector(code: string): string {
    return this.data.namen[code] ?? code;
  }

  /** What a text says about the firm's activity; null when nothing in it is known. */
  read(text: string): Reading | null {
    const tokens = this.words.words(text);
    const hits = this.#own(this.#hits(tokens), tokens);
    if (!hits.length) return null;
    const exact = hits.filter(({ quality }) => quality === "exact");
    const best = exact.length ? exact : hits;
    const entries = [...new Set(best.map(({ entry }) => entry))];
    const doubts = entries.filter(isDoubt);
    const activities = entries.filter((entry): entry is Activity => !isDoubt(entry));
    if (doubts[0] && !activities.length) {
      return { choices: optionsOf(doubts[0]), certain: false, ask: doubts[0].vraag };
    }
    const codes = new Set(activities.map(sectorCode));
    if (codes.size > 1) {
      // One of each sector, the last that was named last.
      const oneEach = new Map([...activities].reverse().map((activity) => [sectorCode(activity), activity]));
      const choices = [...oneEach.values()].reverse().map(choiceOf);
      return { choices, certain: false, ask: this.#constants.MAIN_ACTIVITY };
    }
    // "Schilder en soms bakker": a doubtful word that cannot mean the same section is a second activity.
    const agree = doubts.every(({ opties }) => opties.map(sectorCode).includes([...codes][0]!));
    const certain = best[0]!.quality === "exact" && agree;
    return { choices: activities.slice(0, 1).map(choiceOf), certain, ask: this.#which };
  }

  #add(phrase: string, entry: Entry): void {
    if (!this.#phrases.has(phrase)) this.#phrases.set(phrase, entry);
  }

  /** Entries named in the words, the longest phrases first, without overlap. */
  #hits(tokens: string[]): Hit[] {
    const hits: Hit[] = [];
    const taken = new Set<number>();
    for (const [start, end, phrase] of windows(tokens, this.#constants.LONGEST_PHRASE)) {
      const places = Array.from({ length: end - start }, (_, index) => start + index);
      if (places.some((place) => taken.has(place))) continue;
      const entry = this.#phrases.get(phrase) ?? this.#phrases.get(this.words.stemmed(phrase));
      if (!entry) continue;
      hits.push({ start, entry, quality: "exact" });
      for (const place of places) taken.add(place);
    }
    tokens.forEach((token, start) => {
      const near = taken.has(start) ? undefined : this.#near(token);
      if (near) hits.push({ start, ...near });
    });
    return hits.sort((a, b) => a.start - b.start);
  }

  /** An entry that the word is a compound or a misspelling of. */
  #near(token: string): Omit<Hit, "start"> | undefined {
    const { FUZZY_FROM, FUZZY_CUTOFF, ALL_BUT_EXACT, LONG_WORD, SHORTEST_MODIFIER } = this.#constants;
    const spelling = letters(token);
    if (spelling.length < FUZZY_FROM || isNumber(token)) return undefined;
    const [match] = this.#names.nearest(token, FUZZY_CUTOFF);
    if (match) {
      const { name, score } = match;
      const alike = score >= ALL_BUT_EXACT && letters(name)[0] === spelling[0];
      const quality = alike && spelling.length >= LONG_WORD ? "exact" : "fuzzy";
      return { entry: this.#phrases.get(name)!, quality };
    }
    const [head] = this.#single
      .filter((name) => token.endsWith(name) && spelling.length - letters(name).length >= SHORTEST_MODIFIER)
      .sort((a, b) => letters(b).length - letters(a).length);
    return head === undefined ? undefined : { entry: this.#phrases.get(head)!, quality: "compound" };
  }

  /** The activities that are the speaker's own, of several: "boekhouding voor huisartsen", "geen autohandel". */
  #own(hits: Hit[], tokens: string[]): Hit[] {
    const { DENIED, OF_CUSTOMERS, OF_CUSTOMERS_WITHIN } = this.#constants;
    const meant = hits.filter(({ start }) => !DENIED.includes(tokens[start - 1] ?? ""));
    const own = meant.length ? meant : hits;
    const first = own[0]?.start ?? 0;
    const mine = own.filter(({ start }) => {
      const before = tokens.slice(Math.max(first, start - OF_CUSTOMERS_WITHIN), start);
      return !before.some((token) => OF_CUSTOMERS.includes(token));
    });
    return mine.length ? mine : own;
  }
}

const choiceOf = (activity: Activity): Choice => ({ code: sectorCode(activity), title: capital(activity.naam) });

/** What a doubtful word may mean. */
const optionsOf = ({ opties }: Doubt): Choice[] =>
  opties.map((option) => ({ code: sectorCode(option), title: capital(option.titel) }));
