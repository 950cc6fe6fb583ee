/** Runs beside the page: gives it its own files without a connection, all of one version. */

interface Waiting extends Event {
  waitUntil(what: Promise<unknown>): void;
}

interface Fetching extends Waiting {
  request: Request;
  respondWith(answer: Promise<Response>): void;
}

/** Put before this script by the server: the version and everything that belongs to it. */
declare const SHELL: { version: string; page: string; files: string[] };

const worker = self as any;
const PREFIX = "intake ";
const NAME = PREFIX + SHELL.version;

const install = async () => {
  const box = await caches.open(NAME);
  await box.addAll([SHELL.page, ...SHELL.files].map((path) => new Request(path, { cache: "no-cache" })));
};

const activate = async () => {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX) && name !== NAME).map((name) => caches.delete(name)));
  await worker.clients.claim();
};

const answer = async (path: string, request: Request) =>
  (await (await caches.open(NAME)).match(path)) ?? fetch(request);

worker.addEventListener("install", (event: Waiting) => event.waitUntil(install()));
worker.addEventListener("activate", (event: Waiting) => event.waitUntil(activate()));
worker.addEventListener("message", ({ data }: MessageEvent) => data === "take" && worker.skipWaiting());
worker.addEventListener("fetch", (event: Fetching) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate" && /^\/intake\/[^/]+$/.test(pathname)) event.respondWith(answer(SHELL.page, request));
  else if (SHELL.files.includes(pathname)) event.respondWith(answer(pathname, request));
});

export {};
