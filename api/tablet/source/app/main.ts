/** The intake at one event. */

import { Rules, type RulesData } from "../rules/index";
import { App } from "./app";
import { Bar } from "./bar";
import { Clock } from "./clock";
import { Consents } from "./consents";
import { ContactSender } from "./contact-sender";
import { Contacts } from "./contacts";
import { Database } from "./database";
import { at, make } from "./dom";
import { loadEvent, Staff } from "./event";
import { Idle } from "./idle";
import { Intakes } from "./intakes";
import { brokenScreen, endedScreen, insecureScreen, lostScreen, unknownScreen } from "./notices";
import { Offline, RULES } from "./offline";
import { Sender, tallyFact } from "./sender";
import { Server } from "./server";
import { Vault } from "./vault";

const code = decodeURIComponent(location.pathname.split("/")[2] ?? "").trim().toUpperCase();

const stop = (screen: HTMLElement) => {
  at("scherm").replaceChildren(screen);
  at("kop").focus();
};

async function loadRules(): Promise<Rules> {
  const response = await fetch(RULES);
  if (!response.ok) throw new Error(String(response.status));
  return new Rules((await response.json()) as RulesData);
}

async function run(): Promise<void> {
  if (!isSecureContext) return stop(insecureScreen());
  const offline = new Offline();
  const database = await Database.open();
  const [vault, clock] = [await Vault.open(database), await Clock.open(database)];
  const server = new Server(clock);
  const intakes = new Intakes(database, vault);
  const others = new BroadcastChannel("intake");
  const tally = async () => (await database.get<{ id: string; count: number }>("facts", tallyFact(code)))?.count ?? 0;
  const contacts = new Contacts(database, vault);
  const consents = await Consents.open(database, server);
  let app: App | undefined;
  const changed = () => {
    void bar.renew();
    app?.renew();
    others.postMessage("changed");
  };
  const sender: Sender = new Sender({ database, intakes, server, clock }, changed);
  const contactSender: ContactSender = new ContactSender({ contacts, server, changed, told: (id, fate) => app?.told(id, fate) });
  const bar: Bar = new Bar({
    intakes, contacts, tally, failing: () => sender.failing || contactSender.failing, showRefused: () => void app?.showRefused(),
  });
  others.onmessage = () => {
    void bar.renew();
    void contactSender.plan();
  };
  addEventListener("beforeunload", (event) => database.atRisk && event.preventDefault());
  sender.hurry(); // also what waits of other events
  void contactSender.plan();

  const [rules, known] = await Promise.all([loadRules(), loadEvent(server, database, code)]);
  if (!known) return stop(lostScreen());
  if (known === "unknown") return stop(unknownScreen(code));
  bar.name(known.event.naam);
  await bar.renew();
  document.head.append(make("link", { rel: "manifest", href: `/intake/${known.event.code}/manifest.webmanifest` }));
  const staff = new Staff(code, { server, database, vault, now: () => clock.now() });
  bar.staff = await staff.isIn();
  if (!known.event.open) {
    bar.staff = true; // what was refused is told to whoever holds the device: nobody can log in any more
    await bar.renew();
  }
  const idle = new Idle(at<HTMLDialogElement>("stil"));
  app = new App({
    rules, known, database, intakes, sender, consents, contacts, contactSender, clock, staff, offline, idle, bar,
    address: document.body.dataset.adres || location.origin,
  });
  if (known.event.open) await app.open();
  else stop(endedScreen(known.event.naam, known.event.site));
}

run().catch(() => stop(brokenScreen()));
