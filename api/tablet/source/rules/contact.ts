/** What an entrepreneur gives to be contacted, checked: as api/leads/contact.py and api/leads/phone.py do it. */

import type { CheckedContact, Contact, ContactData } from "./shapes";

const HOME = "31";
const TRUNK = "0";
const WRITTEN = /^\(?\+?[0-9\s().\-/]+$/;
const LINE_ENDS = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/** On one line, without what nobody sees. */
const visible = (text: string) => text.replace(/\p{C}/gu, " ").trim().replace(/\s+/g, " ");
const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`, "u");
const length = (text: string) => [...text].length;

function mailAddress(data: ContactData, written: string): string {
  const address = written.toLowerCase();
  const short = address.length <= data.langsteAdres && address.indexOf("@") <= data.langsteVoorApenstaart;
  return short && whole(data.adres).test(address) ? address : "";
}

/** A number in the form +31612345678; empty for what is no number. */
function phoneNumber({ nummers }: ContactData, written: string): string {
  if (!WRITTEN.test(written)) return "";
  const digits = written.replace(/[^0-9]/g, "");
  /** The part behind a calling code, with or without the nought that is for calls from within. */
  const behind = (code: string, rest: string) => {
    const pattern = whole(nummers[code]!);
    const found = [rest, ...(rest.startsWith(TRUNK) ? [rest.slice(1)] : [])].find((part) => pattern.test(part));
    return found === undefined ? "" : `+${code}${found}`;
  };
  const abroad = written.includes("+") ? digits : digits.match(/^00([1-9].*)$/)?.[1];
  if (abroad !== undefined) {
    const code = [1, 2, 3].map((size) => abroad.slice(0, size)).find((start) => start in nummers);
    return code ? behind(code, abroad.slice(code.length)) : "";
  }
  return behind(HOME, digits) || (digits.startsWith(HOME) ? behind(HOME, digits.slice(HOME.length)) : "");
}

export function checkContact(data: ContactData, typed: Contact): CheckedContact {
  const { fouten } = data;
  const [naam, writtenEmail, writtenPhone] = [visible(typed.naam), visible(typed.email), visible(typed.telefoon)];
  const toelichting = typed.toelichting.split(LINE_ENDS).map(visible).join("\n").trim();
  const [email, telefoon] = [mailAddress(data, writtenEmail), phoneNumber(data, writtenPhone)];
  const voorkeur = typed.voorkeur || (email ? "mail" : "telefoon");
  const moment = typed.moment || "altijd";
  const faults: CheckedContact["faults"] = {};
  if (!naam || length(naam) > data.langsteNaam) faults.naam = fouten.naam;
  if (writtenEmail && !email) faults.email = fouten.email;
  if (writtenPhone && !telefoon) faults.telefoon = fouten.telefoon;
  if (!writtenEmail && !writtenPhone) faults.email = fouten.geen;
  if (!data.voorkeuren.some(([code]) => code === voorkeur)) faults.voorkeur = fouten.voorkeur;
  else if (!faults.email && !faults.telefoon && !(voorkeur === "mail" ? email : telefoon)) {
    faults[voorkeur === "mail" ? "email" : "telefoon"] = fouten.anders;
  }
  if (!data.momenten.some(([code]) => code === moment)) faults.moment = fouten.moment;
  if (length(toelichting) > data.langsteToelichting) faults.toelichting = fouten.toelichting;
  return { contact: { naam, email, telefoon, voorkeur, moment, toelichting }, faults };
}
