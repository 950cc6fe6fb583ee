/** The municipalities by date: as knowledge/municipalities.py has them. */

import type { Day, MunicipalitiesData, Municipality } from "./shapes";

/** Whether something exists on a day; both ends are included, missing is open. */
export const within = (day: Day, first?: Day, last?: Day) => (!first || first <= day) && (!last || day <= last);

const valid = ({ geldigVan, geldigTot }: Municipality, day: Day) => within(day, geldigVan, geldigTot);

export class Municipalities {
  readonly data: MunicipalitiesData;
  readonly #byCode: Map<string, Municipality>;

  constructor(data: MunicipalitiesData) {
    this.data = data;
    this.#byCode = new Map(data.gemeenten.map((municipality) => [municipality.code, municipality]));
  }

  /** The municipality with this code, also when it no longer exists. Throws a RangeError when there is none. */
  municipality(code: string): Municipality {
    const found = this.#byCode.get(code);
    if (!found) throw new RangeError(`no municipality ${code}`);
    return found;
  }

  /** The municipalities that exist on this day, by name. */
  valid(day: Day): Municipality[] {
    const found = this.data.gemeenten.filter((municipality) => valid(municipality, day));
    return found.sort((a, b) => (a.naam < b.naam ? -1 : 1));
  }

  /** The code that holds on this day: a municipality that ended counts as its successor. Other codes stay. */
  current(code: string, day: Day): string {
    const municipality = this.#byCode.get(code);
    if (!municipality?.opvolger || valid(municipality, day)) return code;
    return this.current(municipality.opvolger, day);
  }
}
