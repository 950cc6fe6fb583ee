/** Whether this device can keep what is answered, in words. */

import type { Database, Trouble } from "./database";
import * as w from "../words/tablet.json";

const LITTLE_ROOM = 5_000_000; // bytes

export const TROUBLE: Record<Trouble, string> = {
  blocked: w.bewaartNiets,
  full: w.vol,
};

/** What has to be known about this device before an answer can be lost. */
export async function roomWarnings({ trouble }: Database): Promise<string[]> {
  if (trouble) return [TROUBLE[trouble]];
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return quota - usage < LITTLE_ROOM ? [w.bijnaVol] : [];
}
