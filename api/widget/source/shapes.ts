/** What the conversation interface gives; the description is at /v1/openapi.json. */

import type { Described } from "./dom";

export interface Choice {
  titel: string;
  waarde: string;
}

export interface Turn {
  gesprekId: string;
  sleutel?: string;
  berichten: { tekst: string; knoppen: Choice[] }[];
  voortgang: { vraag?: string | null; nummer?: number | null; totaal?: number | null };
  antwoorden: Record<string, string | number | null>;
  uitslag: { volgendeStap: string } | null;
}

/** What is said on both sides, in a frame of any language. */
export const DUTCH = "nl";

/** The words by key, and under `taal` the code of their language. */
export type Texts = Record<string, string>;

/** What is shown of a site: the panel for a conversation, and what stands in for it while the assistant is off. */
export interface Site {
  actief: boolean;
  paginas: { aan: string[]; uit: string[] };
  thema: Record<string, string>;
  paneel: Described;
  pauze: Described;
  teksten: Texts;
}

/** The node of the panel with an id. */
export type At = (id: string) => HTMLElement;

/** What a person says: a typed text or the code of a button. */
export interface Body {
  tekst?: string;
  keuze?: string;
  vraag?: string;
}

/** The result as it is shown, and how many messages from which one on it stands for: those that tell it in words. */
export interface Card {
  positie: number;
  vervangt: number;
  kaart: Described;
}

/** One thing in the log. */
export interface Item {
  who: "bot" | "jij";
  text?: string;
  card?: Described;
}
