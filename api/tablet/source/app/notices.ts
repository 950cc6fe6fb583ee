/** Screens that say why there is no intake here, or not yet, and what to do. */

import { button, make } from "./dom";

const screen = (title: string, text: string, ...more: Node[]) =>
  make("div", { class: "bericht" }, make("h1", { id: "kop", tabindex: -1 }, title), make("p", {}, text), ...more);

const again = () => button("Probeer opnieuw", () => location.reload());
const toScan = (query = "") => make("p", {}, make("a", { class: "keuze", href: `/scan${query}` }, "Doe de scan zonder code"));

export const unknownScreen = (code: string) => screen("Deze code kennen we niet",
  `Een evenement met de code ${code} bestaat niet. Kijk de code nog eens na op de poster of het kaartje.`, toScan());

export const endedScreen = (name: string, site: string) => screen("Dit evenement is voorbij",
  `De code van ${name} werkt niet meer. Je kunt de scan nog gewoon doen.`,
  toScan(`?${new URLSearchParams({ site })}`));

export const lostScreen = () => screen("We krijgen geen verbinding",
  "Dit apparaat kent dit evenement nog niet, en nu is er geen internet. Zoek een plek met bereik. Daarna werkt de intake ook zonder internet.",
  again());

export const insecureScreen = () => screen("Deze pagina werkt alleen veilig",
  "Het adres moet beginnen met https. Anders kunnen we je antwoorden niet goed bewaren.", toScan());

export const brokenScreen = () => screen("De intake kan niet starten", "Er ging iets mis bij het laden. Probeer het opnieuw.", again());
