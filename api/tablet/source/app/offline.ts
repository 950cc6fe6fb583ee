/** Makes the page work without a connection, and takes a new version of it at a start. */

const WORKER = "/intake/worker.js";
const TAKING_MS = 3_000; // after that the old version goes on
export const RULES = "/intake/regels.json";

interface Policies {
  createPolicy(name: string, rules: { createScriptURL: () => string }): { createScriptURL(address: string): string };
}

/** The one policy of the page: whatever is asked for, this script runs beside it. */
const workerAddress = (): string => {
  const policies: Policies | undefined = (window as any).trustedTypes;
  return policies?.createPolicy("intake-worker", { createScriptURL: () => WORKER }).createScriptURL(WORKER) ?? WORKER;
};

export class Offline {
  readonly #registration: Promise<ServiceWorkerRegistration> | undefined;

  constructor() {
    // Without a connection it fails, and the worker that is there goes on.
    this.#registration = navigator.serviceWorker?.register(workerAddress(), { scope: "/intake/", updateViaCache: "none" });
    this.#registration?.catch(() => {});
  }

  /** Whether the next start can do without a connection. False after a while when it cannot be prepared. */
  async prepared(): Promise<boolean> {
    try {
      if (!navigator.serviceWorker) return false;
      const failed = this.#registration!.then(({ installing }) => new Promise<never>((_, reject) => {
        installing?.addEventListener("statechange", () => installing.state === "redundant" && reject(new Error("not installed")));
      }));
      await Promise.race([navigator.serviceWorker.ready, failed]);
      return !!(await caches.match(RULES));
    } catch {
      return !!navigator.serviceWorker?.controller && !!(await caches.match(RULES));
    }
  }

  /** Asks for the newest version now. False when there is no connection. */
  async renew(): Promise<boolean> {
    try {
      await (await this.#registration)?.update();
      return await this.prepared();
    } catch {
      return false;
    }
  }

  /** Lets a new version take over, when one is waiting. The page starts again with it, and this never returns. */
  async takeNew(): Promise<void> {
    const registration = await navigator.serviceWorker?.getRegistration("/intake/");
    if (!registration?.waiting) return;
    const taken = new Promise<boolean>((resolve) => {
      navigator.serviceWorker.addEventListener("controllerchange", () => resolve(true), { once: true });
      setTimeout(resolve, TAKING_MS, false);
    });
    registration.waiting.postMessage("take");
    if (!(await taken)) return;
    location.reload();
    await new Promise(() => {});
  }
}
