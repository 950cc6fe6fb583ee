/** Which initiatives fit a firm, and in which order: as knowledge/matching.py works it out. */

import { Municipalities, within } from "./municipalities";
import type { Constants, Day, Initiative, RulesData } from "./shapes";

/** What matching needs to know of a firm. */
export interface Profile {
  size: string;
  municipality: string;
  question: string;
  stage: string;
  safetyFlag: boolean;
}

/** An initiative that fits, and how near it is. */
export interface Matched {
  initiative: Initiative;
  nearness: string;
}

export interface Referral {
  shown: Matched[];
  fallback: Matched;
  nothingFits: boolean;
}

type Key = (string | number)[];

const compare = (a: Key, b: Key) => {
  const differs = a.findIndex((part, index) => part !== b[index]);
  return differs < 0 ? 0 : a[differs]! < b[differs]! ? -1 : 1;
};

export class Matching {
  readonly #initiatives: Initiative[];
  readonly #constants: Constants;
  readonly #municipalities: Municipalities;
  readonly #profile: Profile;
  readonly #today: Day;

  constructor(data: RulesData, municipalities: Municipalities, profile: Profile, today: Day) {
    this.#initiatives = data.initiatieven;
    this.#constants = data.constanten;
    this.#municipalities = municipalities;
    this.#profile = profile;
    this.#today = today;
  }

  /** What to refer the firm to. */
  refer(): Referral {
    const { GROUPS, SHOWN_AT_MOST } = this.#constants.matching;
    const eligible = this.#initiatives.flatMap((initiative) => this.#eligible(initiative) ?? []);
    const shown = eligible
      .filter(({ initiative }) => GROUPS.includes(initiative.groep) && this.#fitsQuestion(initiative))
      .sort((a, b) => compare(this.#rank(a), this.#rank(b)))
      .slice(0, SHOWN_AT_MOST);
    const outside = this.#profile.municipality === this.#constants.intake.OUTSIDE_REGION;
    return { shown, fallback: this.#fallback(shown, eligible), nothingFits: !shown.length || outside };
  }

  #eligible(initiative: Initiative): Matched | undefined {
    const { stage, size } = this.#profile;
    if (!within(this.#today, initiative.begin, initiative.einde)) return undefined;
    if (!initiative.fase.includes(stage)) return undefined;
    if (size !== this.#constants.intake.OPEN && !initiative.grootte.includes(size)) return undefined;
    const nearness = this.#nearness(initiative);
    return nearness ? { initiative, nearness } : undefined;
  }

  /** How near an initiative is; undefined when it does not serve the municipality of the firm. */
  #nearness({ regio }: Initiative): string | undefined {
    const { OPEN, OUTSIDE_REGION } = this.#constants.intake;
    const code = this.#municipalities.current(this.#profile.municipality, this.#today);
    const near = regio.map((area): string | undefined => {
      if (area === "landelijk") return area;
      if (area === "regio") return code === OUTSIDE_REGION ? undefined : area;
      if (code === OUTSIDE_REGION || code === OPEN) return undefined;
      if (this.#municipalities.municipality(code).regio === area) return "streek";
      return this.#municipalities.current(area, this.#today) === code ? "gemeente" : undefined;
    });
    return this.#constants.matching.NEAR_FIRST.find((nearness) => near.includes(nearness));
  }

  #fitsQuestion({ id, soort, thema }: Initiative): boolean {
    const { SAFE_WORKING, ALSO_SAFE_WORKING } = this.#constants.matching;
    const { question } = this.#profile;
    if (question === SAFE_WORKING) return soort === "cyber" || ALSO_SAFE_WORKING.includes(id);
    if (question === this.#constants.intake.UNKNOWN) return soort === "digitalisering" || thema.includes(question);
    return thema.includes(question);
  }

  #rank({ initiative, nearness }: Matched): Key {
    const { NEAR_FIRST, GROUPS } = this.#constants.matching;
    const open = this.#profile.question === this.#constants.intake.UNKNOWN;
    const [year, month] = initiative.gezien.split("-").map(Number);
    return [
      open && initiative.soort !== "digitalisering" ? 1 : 0,
      NEAR_FIRST.indexOf(nearness),
      GROUPS.indexOf(initiative.groep),
      -year!,
      -month!,
      initiative.id,
    ];
  }

  /** The one initiative that everybody can turn to. */
  #fallback(shown: Matched[], eligible: Matched[]): Matched {
    const { SAFE_WORKING, LARGE, CYBER_NEAR, CYBER_NATIONAL, INNOVATION, EVERYBODY } = this.#constants.matching;
    const { question, safetyFlag, size, stage } = this.#profile;
    const cyberShown = shown.some(({ initiative }) => initiative.soort === "cyber");
    const cyber = question === SAFE_WORKING || (safetyFlag && !cyberShown);
    const ahead = LARGE.includes(size) || stage === "verder";
    const order = cyber ? [CYBER_NEAR, CYBER_NATIONAL] : ahead ? [INNOVATION] : [];
    const found = [...order, EVERYBODY].flatMap((id) => eligible.find(({ initiative }) => initiative.id === id) ?? []);
    if (!found[0]) throw new RangeError("the catalogue has no fallback that is open to everybody");
    return found[0];
  }
}
