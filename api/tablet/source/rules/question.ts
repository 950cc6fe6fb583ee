/** One question of the intake. */

import type { Choice, Constants, QuestionData } from "./shapes";

export class Question {
  readonly id: string;
  readonly deel: "kern" | "verdieping";
  readonly kort: string;
  readonly vraag: string;
  /** As it is asked of somebody who works alone. */
  readonly vraagAlleen: string;
  /** The same in other words. */
  readonly nogeens: string;
  readonly waarom: string;
  readonly uitleg: string;
  /** What it weighs in the score; 0 for a question that makes the profile. */
  readonly gewicht: number;
  /** Per level 0, 1, 2 what would lift the firm to the next. */
  readonly stappen: string[];
  readonly #data: QuestionData;
  readonly #codes: Constants["intake"];

  constructor(data: QuestionData, codes: Constants["intake"]) {
    this.id = data.id;
    this.deel = data.deel;
    this.kort = data.kort;
    this.vraag = data.vraag;
    this.vraagAlleen = data.vraagAlleen ?? data.vraag;
    this.nogeens = data.nogeens;
    this.waarom = data.waarom;
    this.uitleg = data.uitleg;
    this.gewicht = data.gewicht ?? 0;
    this.stappen = data.stappen ?? [];
    this.#data = data;
    this.#codes = codes;
  }

  get scored(): boolean {
    return this.gewicht > 0;
  }

  /** Everything that can be chosen in the order of the buttons; of bedrijf and gemeente only that it is not known. */
  choices(alone = false): Choice[] {
    const { NOT_APPLICABLE, UNKNOWN, OPEN, DO_NOT_KNOW, MAY_BE_LEFT_OPEN } = this.#codes;
    const { opties = [], nvt } = this.#data;
    const listed = opties.map(({ waarde, titel, titelAlleen }) => (
      { code: waarde, title: (alone && titelAlleen) || titel }
    ));
    if (nvt) listed.push({ code: NOT_APPLICABLE, title: nvt });
    if (this.scored) listed.push({ code: UNKNOWN, title: DO_NOT_KNOW });
    if (MAY_BE_LEFT_OPEN.includes(this.id)) listed.push({ code: OPEN, title: DO_NOT_KNOW });
    return listed;
  }

  /** What an answer to a scored question says about the firm, as a sentence to the entrepreneur. */
  statement(code: string): string {
    const { opties = [], weetNiet = "" } = this.#data;
    return opties.find(({ waarde }) => waarde === code)?.zin ?? weetNiet;
  }
}
