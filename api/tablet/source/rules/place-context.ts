/** Which of the places that somebody names is where the firm is: as knowledge/place_context.py tells. */

import type { Constants } from "./shapes";

/** A name found in a text: which of its words it is; `end` is excluded. */
export interface Named {
  start: number;
  end: number;
}

/** The words of a name's own clause, without the other names in it. */
interface Around {
  before: string[];
  after: string[];
  /** Up to the name, other names included. */
  clause: string[];
  /** Another name follows "naar". */
  leadsOn: boolean;
  /** No other name stands in the clause. */
  alone: boolean;
}

const some = (words: string[], ofThese: string[]) => words.some((word) => ofThese.includes(word));

/** A text by its words and by the words at which a clause begins. */
export class PlaceContext {
  readonly #constants: Constants["place_context"];
  readonly #tokens: string[];
  readonly #starts: number[];

  constructor(constants: Constants["place_context"], clean: string, tokens: string[]) {
    this.#constants = constants;
    this.#tokens = tokens;
    this.#starts = this.#clauseStarts(clean);
  }

  /** At which words a clause begins: the first, after punctuation, and at words that turn a sentence. */
  #clauseStarts(clean: string): number[] {
    const { PUNCTUATION, AND, AFTER_AND, TURNS } = this.#constants;
    const punctuation = new RegExp(PUNCTUATION, "u");
    let position = 0;
    const starts: number[] = [];
    this.#tokens.forEach((word, index) => {
      const found = clean.indexOf(word, position);
      const apart = punctuation.test(clean.slice(position, found));
      const goesOn = word === AND && AFTER_AND.includes(this.#tokens[index + 1] ?? "");
      if (index === 0 || apart || goesOn || TURNS.includes(word)) starts.push(index);
      position = found + word.length;
    });
    return starts;
  }

  #clauseOf(start: number): number {
    return this.#starts.findLast((index) => index <= start)!;
  }

  /** Whether the name at `start` is one where the firm is not: "niet in Zeist", "hoort niet bij Zeist". */
  denied(start: number, names: Named[] = []): boolean {
    const { DENIED_WITHIN, DENIES, DENIES_SOMETHING_ELSE } = this.#constants;
    const ends = names.map(({ end }) => end).filter((end) => end <= start);
    const before = this.#tokens.slice(Math.max(this.#clauseOf(start), start - DENIED_WITHIN, ...ends), start);
    return before.some((token, index) =>
      DENIES.includes(token) && !DENIES_SOMETHING_ELSE.includes(before[index + 1] ?? ""));
  }

  /** The names that may be where the firm is, of several; all of them when the words leave it open. */
  ofTheFirm<Hit extends Named>(hits: Hit[]): Hit[] {
    let kept = hits;
    for (const telling of [this.#ofToday, this.#notNear, this.#seated]) {
      if (kept.length < 2) break;
      const told = kept.filter((hit) => telling.call(this, this.#around(hit, kept)));
      if (told.length) kept = told;
    }
    return kept;
  }

  /** Whether the firm is said not to be at this name, or not any more. */
  elsewhere(hit: Named, hits: Named[]): boolean {
    return !this.#ofToday(this.#around(hit, hits));
  }

  #around(hit: Named, hits: Named[]): Around {
    const tokens = this.#tokens;
    const begin = this.#clauseOf(hit.start);
    const end = this.#starts.find((index) => index >= hit.end) ?? tokens.length;
    const others = hits.filter((other) => other !== hit);
    const earlier = others.map((other) => other.end).filter((index) => index <= hit.start);
    const later = others.map((other) => other.start).filter((index) => index >= hit.end);
    return {
      before: tokens.slice(Math.max(begin, ...earlier), hit.start),
      after: tokens.slice(hit.end, Math.min(end, ...later)),
      clause: tokens.slice(begin, hit.start),
      leadsOn: others.some(({ start }) => start > hit.start && tokens[start - 1] === this.#constants.TO),
      alone: !others.some(({ start }) => begin <= start && start < end),
    };
  }

  /** Neither left, nor somebody else's, nor where the firm is only going to be. */
  #ofToday({ before, after, clause, leadsOn }: Around): boolean {
    const { FROM, TO, MOVED, GOING_TO_MOVE, ELSEWHERE, SEATED_NOW } = this.#constants;
    if (before.at(-1) === FROM && leadsOn) return false;
    const spoken = [...clause, ...after];
    const going = before.at(-1) === TO && !some(spoken, MOVED) && spoken.includes(GOING_TO_MOVE);
    return !going && (!some(spoken, ELSEWHERE) || some(spoken, SEATED_NOW));
  }

  /** The place itself, where another is only named to find it by. */
  #notNear({ clause, after }: Around): boolean {
    const { NEAR_BEFORE, NEAR_AFTER } = this.#constants;
    return !new RegExp(NEAR_BEFORE, "u").test(clause.join(" ")) && !new RegExp(NEAR_AFTER, "u").test(after.join(" "));
  }

  /** Said to be where the firm is, in a clause of its own: "een zaak in Zeist en een in Soest" are two. */
  #seated({ before, after, alone }: Around): boolean {
    return !alone || some([...before, ...after], this.#constants.SEATED);
  }
}
