/** The names nearest to a word: as rapidfuzz finds them on the server (fuzz.ratio, process.extract). */

import { letters } from "./words";

export interface Near {
  name: string;
  score: number;
}

const BUCKETS = 256;

/** A name with its letters as numbers. */
interface Spelt {
  name: string;
  spelling: number[];
}

const spell = (name: string) => letters(name).map((letter) => letter.codePointAt(0)!);

/** The length of the longest row of letters that both have in the same order. */
function common(left: number[], right: number[]): number {
  let above = new Array<number>(right.length + 1).fill(0);
  for (const letter of left) {
    const row = [0];
    right.forEach((other, index) => {
      row.push(letter === other ? above[index]! + 1 : Math.max(above[index + 1]!, row[index]!));
    });
    above = row;
  }
  return above[right.length]!;
}

/** 0 to 100, from the letters to take out and put in; reckoned in the order of rapidfuzz, so that 83 is the same 83. */
function similarity(shared: number, total: number): number {
  return (1 - (total - 2 * shared) / total) * 100;
}

/** Names to be compared with what somebody typed. */
export class Names {
  readonly #names: Spelt[];

  constructor(names: Iterable<string>) {
    this.#names = [...names].map((name) => ({ name, spelling: spell(name) }));
  }

  /** The names that are alike enough, nearest first, and of equals the one that was listed first. */
  nearest(word: string, cutoff: number): Near[] {
    const spelling = spell(word);
    const counts = new Uint8Array(BUCKETS);
    for (const letter of spelling) counts[letter % BUCKETS]!++;
    const near: Near[] = [];
    for (const { name, spelling: other } of this.#names) {
      const total = spelling.length + other.length;
      // Most names cannot come near: they are too long, too short, or have too few of the same letters.
      if (similarity(Math.min(spelling.length, other.length), total) < cutoff) continue;
      if (similarity(sharedLetters(counts, other), total) < cutoff) continue;
      const score = similarity(common(spelling, other), total);
      if (score >= cutoff) near.push({ name, score });
    }
    return near.sort((a, b) => b.score - a.score);
  }
}

/** At least as many letters as a name has in common with a word, in whatever order. Leaves `counts` as they were. */
function sharedLetters(counts: Uint8Array, name: number[]): number {
  let shared = 0;
  const taken: number[] = [];
  for (const letter of name) {
    const bucket = letter % BUCKETS;
    if (!counts[bucket]) continue;
    counts[bucket]--;
    taken.push(bucket);
    shared++;
  }
  for (const bucket of taken) counts[bucket]!++;
  return shared;
}
