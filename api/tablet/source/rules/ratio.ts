/** The names nearest to a word: as rapidfuzz finds them on the server (fuzz.ratio, process.extract). */

import { letters } from "./words";

export interface Near {
  name: string;
  score: number;
}

/** A word with its letters as numbers, and which letters it has as bits; some share a bit. */
interface Spelt {
  name: string;
  spelling: number[];
  has: number;
}

function spell(name: string): Spelt {
  const spelling = letters(name).map((letter) => letter.codePointAt(0)!);
  return { name, spelling, has: spelling.reduce((bits, letter) => bits | (1 << letter % 32), 0) };
}

/** The number of letters of the longest row that both have in the same order. */
function common(left: number[], right: number[]): number {
  let above = new Array<number>(right.length + 1).fill(0);
  for (const letter of left) {
    const row = [0];
    for (let index = 0; index < right.length; index++) {
      row.push(letter === right[index] ? above[index]! + 1 : Math.max(above[index + 1]!, row[index]!));
    }
    above = row;
  }
  return above[right.length]!;
}

/** 0 to 100, from the letters that are not in common; reckoned in the order of rapidfuzz, so that 83 is the same 83. */
const similarity = (unlike: number, total: number) => (1 - unlike / total) * 100;

/** The number of bits that are set. */
function count(bits: number): number {
  let found = 0;
  for (let left = bits; left; left &= left - 1) found++;
  return found;
}

/** Names to be compared with what somebody typed. */
export class Names {
  readonly #names: Spelt[];

  constructor(names: Iterable<string>) {
    this.#names = [...names].map(spell);
  }

  /** The names that are alike enough, nearest first, and of equals the one that was listed first. */
  nearest(word: string, cutoff: number): Near[] {
    const { spelling, has } = spell(word);
    const near: Near[] = [];
    for (const other of this.#names) {
      const total = spelling.length + other.spelling.length;
      // Most names cannot come near: they are too long or too short, or too many letters are in one of the two only.
      if (similarity(Math.abs(spelling.length - other.spelling.length), total) < cutoff) continue;
      if (similarity(count(has ^ other.has), total) < cutoff) continue;
      const score = similarity(total - 2 * common(spelling, other.spelling), total);
      if (score >= cutoff) near.push({ name: other.name, score });
    }
    return near.sort((a, b) => b.score - a.score);
  }
}
