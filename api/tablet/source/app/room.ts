/** Whether this device can keep what is answered, in words. */

import type { Database, Trouble } from "./database";

const LITTLE_ROOM = 5_000_000; // bytes
const NEARLY_FULL = "Het geheugen van dit apparaat is bijna vol. Maak ruimte vrij voordat je begint.";

export const TROUBLE: Record<Trouble, string> = {
  blocked: "Deze browser bewaart niets. De intake werkt alleen met internet: sluit deze pagina niet voordat alles is verstuurd.",
  full: "Het geheugen van dit apparaat is vol. Sluit deze pagina niet voordat alles is verstuurd, en maak dan ruimte vrij.",
};

/** What has to be known about this device before an answer can be lost. */
export async function roomWarnings({ trouble }: Database): Promise<string[]> {
  if (trouble) return [TROUBLE[trouble]];
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  return quota - usage < LITTLE_ROOM ? [NEARLY_FULL] : [];
}
