/** The link to a result on somebody's own phone: codes in the part of the address that no server gets to see. */

import type { Answers, Rules } from "../rules/index";

const VERSION = "1";
const [VERSION_KEY, DAY_KEY] = ["v", "dag"];
const LEFT_OUT = "bedrijf"; // the result is the same for every sector

export interface Linked {
  answers: Answers;
  day: string;
}

/** What a result is made of, without the sector. `base` is where the product is reached from outside. */
export function makeLink(base: string, answers: Answers, day: string): string {
  const { [LEFT_OUT]: _, ...kept } = answers;
  return `${base}/uitslag#${new URLSearchParams({ [VERSION_KEY]: VERSION, [DAY_KEY]: day, ...kept })}`;
}

/** The answers of a link; null when it is broken, of another version, or names what is no longer asked. */
export function readLink(fragment: string, rules: Rules, today: string): Linked | null {
  const { [VERSION_KEY]: version, [DAY_KEY]: day = "", ...answers } = Object.fromEntries(
    new URLSearchParams(fragment.replace(/^#/, "")),
  );
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) && day <= today;
  if (version !== VERSION || !isDay || LEFT_OUT in answers) return null;
  const questions = new Map(rules.questions.map((question) => [question.id, question]));
  const known = Object.entries(answers).every(([id, code]) => questions.has(id) && rules.title(id, code, day) !== undefined);
  const whole = rules.questions.every(({ id, deel }) => deel !== "kern" || id === LEFT_OUT || id in answers);
  return known && whole ? { answers: { ...answers, [LEFT_OUT]: "onbekend" }, day } : null;
}
