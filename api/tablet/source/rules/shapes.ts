/** The data of the rules, as the server gives them (api/tablet/rules.py), and what is made of them. */

/** A day as "2026-11-26": days compare as texts. */
export type Day = string;

export interface Choice {
  code: string;
  title: string;
}

/** What typed words may stand for, likeliest first; without choices an area was named that is too large. */
export interface Reading {
  choices: Choice[];
  certain: boolean;
  ask: string;
}

export interface Option {
  waarde: string;
  titel: string;
  zin: string;
  titelAlleen?: string;
}

export interface QuestionData {
  id: string;
  deel: "kern" | "verdieping";
  kort: string;
  vraag: string;
  nogeens: string;
  waarom: string;
  uitleg: string;
  opties?: Option[];
  gewicht?: number;
  vraagAlleen?: string;
  nvt?: string;
  weetNiet?: string;
  stappen?: string[];
}

export interface Stage {
  id: string;
  van: number;
  tot: number;
  label: string;
  betekenis: string;
}

export interface Scoring {
  maximum: number;
  fasen: Stage[];
  voorlopigBijWeetNiet: number;
  veiligheid: string[];
  bijnaAlles: string;
}

/** An initiative that can be referred to while it runs; a missing day is open. */
export interface Initiative {
  id: string;
  naam: string;
  groep: string;
  soort: string;
  gezien: string;
  regio: string[];
  thema: string[];
  fase: string[];
  grootte: string[];
  url?: string;
  begin?: Day;
  einde?: Day;
}

export interface Municipality {
  code: string;
  naam: string;
  regio: string;
  geldigVan?: Day;
  geldigTot?: Day;
  opvolger?: string;
  plaatsen?: string[];
  wijken?: string[];
  schrijfwijzen?: string[];
  postcodes?: string[];
}

export interface Ambiguous {
  naam: string;
  opties: { code: string; titel: string }[];
}

export interface MunicipalitiesData {
  gemeenten: Municipality[];
  dubbelzinnig: Ambiguous[];
  gebieden: string[];
  buitenRegio: string[];
}

export interface Activity {
  naam: string;
  sbi2025: string;
  sbi2008: string;
  ook?: string[];
}

export interface Doubt {
  naam: string;
  vraag: string;
  opties: { titel: string; sbi2025: string; sbi2008: string }[];
  ook?: string[];
}

/** `namen` has what the sector of a code ("T/S") is called. */
export interface SectorsData {
  namen: Record<string, string>;
  activiteiten: Activity[];
  twijfel: Doubt[];
}

export interface Texts {
  thema: Record<string, string>;
  nabij: Record<string, string>;
  streek: Record<string, string>;
  fase: Record<string, string>;
  redenen: { initiatief: string; vangnet: Record<string, string> };
  opmerkingen: Record<string, string>;
  gezien: string;
  verouderd: string;
  maanden: string[];
}

/** The numbers, words and patterns that the look-ups and the matching of the server use, under the same names. */
export interface Constants {
  catalogue: { OUTDATED_AFTER_MONTHS: number };
  intake: {
    UNKNOWN: string;
    NOT_APPLICABLE: string;
    OPEN: string;
    OUTSIDE_REGION: string;
    MAY_BE_LEFT_OPEN: string[];
    DO_NOT_KNOW: string;
  };
  words: {
    WORD: string;
    APOSTROPHES: string;
    ENDINGS: string[];
    SHORTEST_STEM: number;
    VOWELS: string;
    SOUNDS: [spelling: string, heard: string][];
  };
  sectors: {
    LONGEST_PHRASE: number;
    FUZZY_FROM: number;
    FUZZY_CUTOFF: number;
    ALL_BUT_EXACT: number;
    LONG_WORD: number;
    COMPOUND_FROM: number;
    SHORTEST_MODIFIER: number;
    OF_CUSTOMERS: string[];
    OF_CUSTOMERS_WITHIN: number;
    DENIED: string[];
    MAIN_ACTIVITY: string;
  };
  places: {
    LONGEST_NAME: number;
    LONGEST_MISSPELT: number;
    FUZZY_FROM: number;
    FUZZY_CUTOFF: number;
    NEAREST: number;
    CERTAIN_FUZZY: number;
    CLEAR_MARGIN: number;
    EXACT: number;
    POSTCODE: string;
    SAID_OUTSIDE: string;
    NEARBY: string;
    ALSO_WORDS: string[];
    NEARLY_ALONE: number;
    BEFORE_PLACES: string[];
    STOP_WORDS: string[];
    OUTSIDE: string;
    GELDERLAND: string[];
    PROVINCE: string[];
    COMMON_IN_TITLES: string[];
  };
  place_context: {
    DENIED_WITHIN: number;
    DENIES: string[];
    DENIES_SOMETHING_ELSE: string[];
    ELSEWHERE: string[];
    SEATED: string[];
    SEATED_NOW: string[];
    NEAR_BEFORE: string;
    NEAR_AFTER: string;
    MOVED: string[];
    GOING_TO_MOVE: string;
    FROM: string;
    TO: string;
    PUNCTUATION: string;
    TURNS: string[];
    AND: string;
    AFTER_AND: string[];
  };
  matching: {
    SHOWN_AT_MOST: number;
    SAFE_WORKING: string;
    ALSO_SAFE_WORKING: string[];
    LARGE: string[];
    CYBER_NEAR: string;
    CYBER_NATIONAL: string;
    INNOVATION: string;
    EVERYBODY: string;
    NEAR_FIRST: string[];
    GROUPS: string[];
  };
}

/** `versie` names the contents: data of another version may give another result. */
export interface RulesData {
  versie: string;
  vragen: QuestionData[];
  scoring: Scoring;
  initiatieven: Initiative[];
  gemeenten: MunicipalitiesData;
  sectoren: SectorsData;
  teksten: Texts;
  constanten: Constants;
  sectorenlijst: Listed[];
  naastGemeenten: Listed[];
  /** What is asked when there is more to choose from. */
  welke: string;
  contact: ContactData;
}

/** What contact data are checked with: `nummers` has the pattern of the numbers behind each calling code. */
export interface ContactData {
  langsteNaam: number;
  langsteToelichting: number;
  langsteAdres: number;
  langsteVoorApenstaart: number;
  adres: string;
  nummers: Record<string, string>;
  voorkeuren: Listed[];
  momenten: Listed[];
  fouten: Record<ContactField | "geen" | "anders" | "initiatieven", string>;
}

export type ContactField = "naam" | "email" | "telefoon" | "voorkeur" | "moment" | "toelichting";

/** Contact data as they were typed, or as they were brought to one form: nothing is needed but a name, and a way. */
export type Contact = Record<ContactField, string>;

/** What was made of contact data: faulty fields have what is wrong with them, and without any the contact counts. */
export interface CheckedContact {
  contact: Contact;
  faults: Partial<Contact>;
}

/** A code and its title. */
export type Listed = [code: string, title: string];

export type Answers = Record<string, string>;

export interface Advice {
  id: string;
  naam: string;
  reden: string;
  url: string | null;
  laatstGezien: string;
  verouderd: boolean;
}

/** The result as the public interface gives it. */
export interface Uitslag {
  fase: string;
  score: number;
  voorlopig: boolean;
  veiligheidsvlag: boolean;
  uitleg: string[];
  volgendeStap: string;
  initiatieven: Advice[];
  vangnet: Advice;
  geenPassendAanbod: boolean;
}

/** The result with what has to be said with it: `notes` are names, in this order, and `noteTexts` their words. */
export interface Outcome {
  uitslag: Uitslag;
  notes: string[];
  noteTexts: Record<string, string>;
  stage: Stage;
  maximum: number;
}
