/** Words with something filled in: as knowledge/texts.py does it. */

import type { Day, Texts } from "./shapes";

/** A template of Python with its names filled in; "{{" and "}}" are braces. */
export function filled(template: string, values: Record<string, string>): string {
  return template.replace(/\{\{|\}\}|\{(\w+)\}/g, (found, name?: string) => (name ? values[name]! : found[0]!));
}

/** A day in words, "25 november 2026". */
export function dayInWords({ maanden }: Texts, day: Day): string {
  const [year, month, number] = day.split("-").map(Number);
  return `${number} ${maanden[month! - 1]} ${year}`;
}

/** When something was last seen, in words. `month` as in "2024-05". */
export function freshness({ gezien, maanden }: Texts, month: string): string {
  const [year, number] = month.split("-");
  return filled(gezien, { maand: `${maanden[Number(number) - 1]} ${year}` });
}
