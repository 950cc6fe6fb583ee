/** Text as people type it, brought to one form for look-ups: as knowledge/words.py does it. */

import type { Constants } from "./shapes";

const MARK = /\p{M}/gu;
const CONTROL = /\p{Cc}/gu;
/** What Python counts as white space and is left after NFKD. */
const SPACES = /[ \u1680\u2028\u2029]+/;
/** A mark of the highest combining class, 240: a mark of a lower one is put before it, and one of no class is not. */
const LAST_MARK = "a\u0345";

/** Whether a mark combines, as Python's unicodedata.combining tells: not every mark does, and browsers do not say. */
const combines = (mark: string) =>
  LAST_MARK.endsWith(mark) || (LAST_MARK + mark).normalize("NFD") !== LAST_MARK + mark;

/** Letters as Python counts them. */
export const letters = (text: string) => [...text];

export const isNumber = (word: string) => /^\p{Nd}+$/u.test(word);

export class Words {
  readonly #constants: Constants["words"];
  readonly #word: RegExp;
  readonly #apostrophe: RegExp;
  readonly #sounds: [spelling: RegExp, heard: string][];

  constructor(constants: Constants["words"]) {
    this.#constants = constants;
    this.#word = new RegExp(constants.WORD, "gu");
    this.#apostrophe = new RegExp(`[${constants.APOSTROPHES}]`, "gu");
    this.#sounds = constants.SOUNDS.map(([spelling, heard]) => [new RegExp(spelling, "gu"), heard]);
  }

  /** Lower case, accents and control characters gone, one kind of apostrophe, single spaces. */
  normal(text: string): string {
    return text
      .replace(this.#apostrophe, "'")
      .normalize("NFKD")
      .toLowerCase()
      .replace(MARK, (mark) => (combines(mark) ? "" : mark))
      .replace(CONTROL, " ")
      .split(SPACES)
      .filter(Boolean)
      .join(" ");
  }

  /** The words and numbers of a text in their normal form, without punctuation. */
  words(text: string): string[] {
    return this.normal(text).match(this.#word) ?? [];
  }

  /** The words of a name as look-ups compare them. */
  phrase(name: string): string {
    return this.words(name).join(" ");
  }

  /** A word without the endings that do not change what it names: diminutive and plural. */
  stem(word: string): string {
    const { ENDINGS, SHORTEST_STEM, VOWELS } = this.#constants;
    const ending = ENDINGS.find((end) => word.endsWith(end) && letters(word).length - end.length >= SHORTEST_STEM);
    const left = letters(ending ? word.slice(0, -ending.length) : word);
    const last = left.at(-1) ?? "";
    if (left.length > SHORTEST_STEM && last === left.at(-2) && !VOWELS.includes(last)) left.pop();
    return left.join("");
  }

  /** A word as it sounds, roughly: different spellings of one sound become the same. */
  sound(word: string): string {
    return this.#sounds.reduce((sounding, [spelling, heard]) => sounding.replace(spelling, heard), word);
  }

  stemmed(phrase: string): string {
    return phrase.split(" ").filter(Boolean).map((word) => this.stem(word)).join(" ");
  }
}

/** Every run of words, the longest first, and of one length from left to right; `end` is excluded. */
export function* windows(tokens: string[], longest: number): Generator<[start: number, end: number, phrase: string]> {
  for (let length = Math.min(longest, tokens.length); length > 0; length--) {
    for (let start = 0; start + length <= tokens.length; start++) {
      yield [start, start + length, tokens.slice(start, start + length).join(" ")];
    }
  }
}
