/** How digital a firm is: as knowledge/maturity.py works it out. */

import type { Question } from "./question";
import type { Answers, Constants, Scoring, Stage } from "./shapes";

export interface Maturity {
  score: number;
  stage: Stage;
  provisional: boolean;
  safetyFlag: boolean;
}

export class Assessment {
  readonly #scoring: Scoring;
  readonly #answers: Answers;
  readonly #unknown: string;
  readonly #complete: boolean;
  /** The scored questions that count: all ten when all are answered, else those of the core scan, if they fit. */
  readonly #counted: Question[];

  /** Throws a RangeError when a core question has no answer. */
  constructor(questions: Question[], scoring: Scoring, codes: Constants["intake"], answers: Answers) {
    const answered = ({ id }: Question) => answers[id] !== undefined;
    const scored = questions.filter((question) => question.scored);
    const core = questions.filter(({ deel }) => deel === "kern");
    const missing = core.filter((question) => !answered(question)).map(({ id }) => id);
    if (missing.length) throw new RangeError(`no result before the core scan is complete: ${missing} unanswered`);
    this.#scoring = scoring;
    this.#answers = answers;
    this.#unknown = codes.UNKNOWN;
    this.#complete = scored.every(answered);
    const asked = this.#complete ? scored : scored.filter(({ deel }) => deel === "kern");
    this.#counted = asked.filter(({ id }) => answers[id] !== codes.NOT_APPLICABLE);
  }

  assess(): Maturity {
    const { maximum, fasen, voorlopigBijWeetNiet, veiligheid } = this.#scoring;
    const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
    const weighed = sum(this.#counted.map((question) => question.gewicht * this.#points(question)));
    const highest = sum(this.#counted.map(({ gewicht }) => gewicht * 3));
    const score = Math.floor((2 * maximum * weighed + highest) / (2 * highest)); // round half up
    const unknown = this.#counted.filter(({ id }) => this.#answers[id] === this.#unknown).length;
    const safety = veiligheid.map((id) => this.#answers[id]!);
    return {
      score,
      stage: fasen.find(({ van, tot }) => van <= score && score <= tot)!,
      provisional: !this.#complete || unknown >= voorlopigBijWeetNiet,
      safetyFlag: safety.includes("0") || safety.every((code) => code === this.#unknown),
    };
  }

  /** Two to four sentences from the person's own answers that say most about the score. */
  reasons(): string[] {
    const heaviest = (questions: Question[], weight: (points: number) => number) =>
      questions.sort((a, b) => b.gewicht * weight(this.#points(b)) - a.gewicht * weight(this.#points(a)));
    const strong = heaviest(this.#counted.filter((question) => this.#points(question) >= 2), (points) => points);
    const weak = heaviest(this.#counted.filter((question) => this.#points(question) < 2), (points) => 3 - points);
    const chosen = [...strong.slice(0, 2), ...weak.slice(0, 2)];
    const others = [...strong.slice(2), ...weak.slice(2)];
    chosen.push(...others.slice(0, Math.max(0, 3 - chosen.length)));
    return chosen.map((question) => question.statement(this.#answers[question.id]!));
  }

  /** The one step that would lift the score most: the heaviest question with the most still to gain. */
  nextStep(): string {
    const gaining = this.#counted.filter((question) => this.#points(question) < 3);
    const [best] = gaining.sort((a, b) => b.gewicht - a.gewicht || this.#points(a) - this.#points(b));
    return best ? best.stappen[this.#points(best)]! : this.#scoring.bijnaAlles;
  }

  #points({ id }: Question): number {
    const code = this.#answers[id]!;
    return code === this.#unknown ? 0 : Number(code);
  }
}
