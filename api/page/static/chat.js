/* The chat page. Before Start it asks the server nothing; all nodes are made by hand, for the CSP with Trusted Types. */
"use strict";

const TEXTS = {
  assistant: "Assistent: ",
  you: "Jij: ",
  typing: "De assistent typt…",
  choices: (count) => `Keuzes onder dit bericht: ${count}`,
  choicesLabel: "Kies een antwoord",
  question: (number, total) => `Vraag ${number} van ${total}`,
  left: (count) => `Tekens over: ${count}`,
  empty: "Typ eerst een antwoord, of kies een knop.",
  personalNumber: "Dit lijkt op een burgerservicenummer. Haal het weg en verstuur dan je antwoord.",
  wait: "Wacht even op het antwoord.",
  unsent: "Niet verstuurd",
  retrying: "Het lukt nog niet. We proberen het opnieuw…",
  noConnection: "We krijgen geen verbinding. Controleer je internet en probeer het opnieuw.",
  serverFault: "Er gaat iets mis bij ons. Probeer het zo opnieuw.",
  refused: "Dit kunnen we niet verwerken. Probeer een ander antwoord.",
  expired: "Dit gesprek is verlopen en je antwoorden zijn gewist. Je kunt opnieuw beginnen.",
  tryAgain: "Probeer opnieuw",
  restart: "Opnieuw beginnen",
  wantRestart: "Ik wil opnieuw beginnen",
  wantHuman: "Ik wil een mens spreken",
  wantChange: (subject) => `Ik wil mijn antwoord wijzigen: ${subject}`,
  change: "Wijzig",
  deleted: "Je gesprek en je antwoorden zijn verwijderd.",
  deleteFailed: "Het verwijderen is niet gelukt. Na 24 uur is je gesprek vanzelf weg.",
  newTab: " (opent in een nieuw tabblad)",
  codes: { weet_niet: "Weet ik niet", nvt: "Past niet bij mijn bedrijf", onbekend: "Niet ingevuld", buiten_regio: "Buiten de regio" },
  result: {
    made: "Jouw uitslag van ",
    shown: "Je uitslag staat in het gesprek.",
    replaced: "Je uitslag is vernieuwd. De oude uitslag is weg.",
    stages: { adhoc: "Je staat aan het begin", engaged: "Je bent op weg", verder: "Je bent al ver" },
    score: (score, maximum) => `${score} van ${maximum} punten`,
    provisional: "Dit is een voorlopige uitslag. Je hebt nog niet alle vragen beantwoord, of je wist een paar antwoorden niet.",
    safety: "Kijk eerst naar je veiligheid",
    urgent: "Let op:", // how the note about safety begins
    why: "Waarom deze uitslag?",
    step: "Je volgende stap",
    offers: "Hulp die bij je past",
    notes: "Goed om te weten",
    fallback: "Hier kun je terecht",
    alsoFallback: "Je kunt ook terecht bij",
    seen: (month) => `Voor het laatst gezien in ${month}.`,
    outdated: "Dat is meer dan een jaar geleden. Vraag eerst of het er nog is.",
    link: "Naar de website",
    linkOf: (name) => ` van ${name}`,
    print: "Print deze uitslag",
    download: "Download als tekst",
    file: "uitslag-digitale-hulp.txt",
    honest: "Deze uitslag komt van een computerprogramma. Er kunnen fouten in staan.",
  },
};

const MAXIMUM_SCORE = 36;
const TRIES = 4;
const FIRST_PAUSE_MS = 500;
const PATIENCE_MS = 30000; // for one answer, and for a Retry-After; after that the person decides
const TYPING_AFTER_MS = 400; // most answers come faster; a flash of "typing" is noise
const COUNT_FROM = 100; // characters left
const COUNT_STEP = 25;

const asked = new URLSearchParams(location.search).get("site");
const SITE = /^[a-z0-9-]{1,40}$/.test(asked ?? "") ? asked : "demo";
const STORED_AS = `gesprek:${SITE}`;
const onTouch = matchMedia("(hover: none) and (pointer: coarse)");

const at = (id) => document.getElementById(id);
const log = at("log");
const field = at("veld");
const dock = at("dok");

/** The conversation: {id, secret, items (what is shown), pending (what is under way), turn, busy}, or null. */
let talk = null;
let starting = false;
let retryOnline = null; // what to do again as soon as the browser is back online

/* ---- Nodes ---- */

/** Makes an element. A function among the attributes is a listener; undefined and empty ones are left out. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter(Boolean));
  return node;
}

const hidden = (text) => make("span", { class: "vh" }, text);
const button = (text, style, click) => make("button", { type: "button", class: style, click }, text);

/** A link that leaves the page, or null when the address is not plain https. */
function outsideLink(address, ...children) {
  if (!/^https:\/\/\S+$/.test(address)) return null;
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, ...children);
}

/** Text with its https addresses as links. Splitting on a group keeps them: each odd part. */
function withLinks(text) {
  return text.split(/(https:\/\/[^\s<>"]*[^\s<>".,;:!?)])/).map((part, index) =>
    index % 2 ? outsideLink(part, part, hidden(TEXTS.newTab)) : part);
}

/* ---- What the page tells ---- */

/** Tells screen readers; `visible` also shows it below the conversation. */
function say(text, visible = false) {
  const follow = atEnd();
  at("status").textContent = text;
  at("typt").textContent = visible ? text : "";
  at("typt").hidden = !visible;
  if (visible && follow) scrollToEnd();
}

function warn(text, action, act) {
  const follow = talk && atEnd();
  at("alarm").replaceChildren(make("p", {}, text), action ? button(action, "keuze", act) : "");
  measureDock();
  if (follow) scrollToEnd();
  at("alarm").scrollIntoView({ block: "nearest" });
}

function clearWarning() {
  at("alarm").replaceChildren();
  field.removeAttribute("aria-invalid");
  retryOnline = null;
}

/* ---- Requests ---- */

// A fault without a status: no answer came.
const passes = ({ status }) => status === undefined || status === 429 || status >= 500;
const expired = ({ status }) => status === 401 || status === 404;

// randomUUID is absent on plain http, as when a phone tries the page in the office.
const newKey = () => crypto.randomUUID?.() ?? Array.from(crypto.getRandomValues(new Uint32Array(4)), String).join("-");

async function request(method, path, { body, key, secret } = {}) {
  const headers = { Accept: "application/json" };
  if (body) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  if (secret) headers.Authorization = `Bearer ${secret}`;
  const response = await fetch(`/v1${path}`, {
    method,
    headers,
    body: body && JSON.stringify(body),
    cache: "no-store",
    credentials: "omit",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  const { ok, status } = response;
  if (ok) return status === 204 ? null : response.json();
  const { detail } = await response.json().catch(() => ({}));
  throw Object.assign(new Error(`status ${status}`), { status, detail, pause: response.headers.get("Retry-After") * 1000 });
}

/** Tries again after a lost connection, 429 and 5xx, with the same key: nothing is done twice. */
async function requestUntilAnswered(method, path, options) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request(method, path, options);
    } catch (error) {
      const pause = Math.max(FIRST_PAUSE_MS * 2 ** (attempt - 1), error.pause || 0);
      if (!passes(error) || attempt === TRIES || pause > PATIENCE_MS) throw error;
      say(TEXTS.retrying, true);
      await new Promise((done) => {
        setTimeout(done, pause);
        if (!error.status) addEventListener("online", done, { once: true });
      });
    }
  }
}

/** A request with "typing" and faults shown. Undefined when it failed or the conversation is gone. */
async function exchange(method, path, options, again) {
  const mine = talk;
  const typing = setTimeout(() => at("status").textContent || say(TEXTS.typing, true), TYPING_AFTER_MS);
  if (mine) mine.busy = true;
  try {
    const answer = await requestUntilAnswered(method, path, options);
    return mine === talk ? answer : undefined;
  } catch (error) {
    if (mine === talk) explain(error, again);
    return undefined;
  } finally {
    clearTimeout(typing);
    say("");
    if (mine) mine.busy = false;
  }
}

function explain(error, again) {
  if (talk?.pending) markUnsent(true);
  if (talk && expired(error)) {
    talk.pending = null;
    forget();
    warn(TEXTS.expired, TEXTS.restart, () => start());
  } else if (passes(error)) {
    warn(error.detail || (error.status ? TEXTS.serverFault : TEXTS.noConnection), TEXTS.tryAgain, again);
    retryOnline = again;
  } else {
    giveBack();
    warn(error.detail || TEXTS.refused);
  }
}

/* ---- Storage: this tab only, from the person's first message on ---- */

/** Where storage is blocked or spoilt, the conversation lives in memory. */
function store(use) {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}

const load = () => store((box) => JSON.parse(box.getItem(STORED_AS)));
const forget = () => store((box) => box.removeItem(STORED_AS));

function save() {
  const { id, secret, items, pending } = talk;
  if (lastItem("you")) store((box) => box.setItem(STORED_AS, JSON.stringify({ id, secret, items, pending })));
}

/* ---- Course of a conversation ---- */

function enter(conversation) {
  talk = conversation;
  log.replaceChildren();
  clearWarning();
  at("antwoorden").open = false;
  at("bevestiging").hidden = true;
  for (const id of ["intro", "mens-vooraf"]) at(id).hidden = talk !== null;
  for (const id of ["invoer", "menu"]) at(id).hidden = talk === null;
  at("balk").hidden = true;
  document.body.classList.remove("met-uitslag");
}

async function start(key = newKey()) {
  if (starting) return;
  starting = true;
  clearWarning();
  const turn = await exchange("POST", "/gesprekken", { body: { site: SITE, kanaal: "widget" }, key }, () => start(key));
  starting = false;
  if (!turn) return;
  enter({ id: turn.gesprekId, secret: turn.sleutel, items: [], pending: null, turn: null, busy: false });
  scrollTo(0, 0);
  showTurn(turn);
}

/** Goes on after a reload. A message that was under way is sent again, with its own key. */
async function resume(stored) {
  log.setAttribute("aria-live", "off"); // the history is not to be read out
  enter({ ...stored, turn: null, busy: false });
  talk.items.forEach(showItem);
  scrollToEnd();
  await recall();
  setTimeout(() => log.removeAttribute("aria-live"), 500);
}

async function recall() {
  clearWarning();
  const turn = await exchange("GET", `/gesprekken/${talk.id}`, { secret: talk.secret }, recall);
  if (!turn) return;
  if (talk.pending) {
    applyTurn(turn);
    await deliver();
    return;
  }
  const { before, after } = unfold(turn);
  const texts = [...before, ...after];
  const shown = itemsOf("bot").slice(-texts.length).map((item) => item.text);
  if (texts.join() === shown.join() && isShown(turn.uitslag)) {
    applyTurn(turn);
    showChoices();
    save();
    scrollToEnd();
  } else {
    showTurn(turn); // another tab went on with this conversation
  }
}

/** Shows what the person says and sends it. */
async function send(body, text) {
  if (talk.busy) {
    say(TEXTS.wait, true);
    return;
  }
  clearWarning();
  at("antwoorden").open = false;
  log.querySelector(".keuzes")?.remove();
  talk.pending = { body, key: newKey() };
  const bubble = addItem({ who: "you", text });
  save();
  say("");
  scrollToEnd();
  focusOn(bubble, body.keuze ? bubble : field);
  await deliver();
}

async function deliver() {
  clearWarning();
  const { id, secret, pending } = talk;
  const turn = await exchange("POST", `/gesprekken/${id}/berichten`, { ...pending, secret }, deliver);
  if (!turn) return;
  markUnsent(false);
  talk.pending = null;
  showTurn(turn);
}

/** After a refusal the turn before is still open: its buttons come back, and the text to mend it. */
function giveBack() {
  if (!talk?.pending) return;
  const { tekst } = talk.pending.body;
  if (tekst === lastItem("you").text && !field.value) field.value = tekst; // so it was typed
  talk.pending = null;
  save();
  showChoices();
}

async function erase() {
  clearWarning();
  const mine = talk;
  try {
    await requestUntilAnswered("DELETE", `/gesprekken/${mine.id}`, { secret: mine.secret });
  } catch (error) {
    if (!expired(error)) {
      say("");
      warn(TEXTS.deleteFailed, TEXTS.tryAgain, erase);
      return;
    }
  }
  forget();
  say("");
  field.value = "";
  enter(null);
  at("bevestiging").textContent = TEXTS.deleted;
  at("bevestiging").hidden = false;
  at("bevestiging").focus();
  scrollTo(0, 0);
}

/* ---- Showing a turn ---- */

const itemsOf = (who) => talk.items.filter((item) => item.who === who);
const lastItem = (who) => itemsOf(who).pop();
const unsentNote = () => make("span", { class: "niet" }, TEXTS.unsent);
const lastNode = (selector) => [...log.querySelectorAll(selector)].pop();

function showItem(item) {
  const you = item.who === "you";
  const node = item.who === "result" ? resultCard(item)
    : make("p", { class: you ? "bubbel jij" : "bubbel bot", tabindex: "-1" },
      hidden(you ? TEXTS.you : TEXTS.assistant), ...(you ? [item.text] : withLinks(item.text)), item.unsent && unsentNote());
  log.append(node);
  return node;
}

function addItem(item) {
  talk.items.push(item);
  return showItem(item);
}

/** Marks the person's last message, the only one that can be under way. */
function markUnsent(unsent) {
  lastItem("you").unsent = unsent;
  const bubble = lastNode(".jij");
  bubble.querySelector(".niet")?.remove();
  if (unsent) bubble.append(unsentNote());
  save();
}

const isShown = (result) => JSON.stringify(result) === JSON.stringify(lastItem("result")?.result ?? null);

/** A turn that brings a result tells it in words too, for clients without cards. Gives the messages before and after
    those words, and the card in their place: the result with what only the words say (the meaning of the stage, notes). */
function unfold({ berichten, uitslag }) {
  const texts = berichten.map((message) => message.tekst);
  const first = uitslag ? texts.findIndex((text) => text.includes(uitslag.volgendeStap)) : -1;
  if (first < 0) return { before: texts.slice(0, -1), after: texts.slice(-1) };
  const last = texts.findLastIndex((text) => text.includes(uitslag.vangnet.reden));
  const notes = texts.slice(first + 1, last).filter((text) => !uitslag.initiatieven.some(({ reden }) => text.includes(reden)));
  const [lead] = texts[first].split(uitslag.uitleg[0]);
  const meaning = lead.split(`${TEXTS.result.stages[uitslag.fase]}. `).pop().trim();
  return { before: texts.slice(0, first), card: { meaning, notes }, after: texts.slice(last + 1) };
}

function showTurn(turn) {
  const follow = atEnd();
  const old = lastItem("result");
  const { before, card, after } = unfold(turn);
  const fresh = turn.uitslag && (card || !isShown(turn.uitslag));
  const forgotten = !turn.uitslag && Object.values(turn.antwoorden).every((code) => code === null);
  if (fresh || forgotten) {
    talk.items = talk.items.filter((item) => item !== old);
    log.querySelector(".uitslag")?.remove();
  }

  const spoken = (text) => ({ who: "bot", text });
  const news = [...before.map(spoken), ...(fresh ? [{ who: "result", result: turn.uitslag, ...card }] : []), ...after.map(spoken)];
  const nodes = news.map(addItem);

  applyTurn(turn);
  const choices = showChoices();
  save();
  const told = fresh ? [old ? TEXTS.result.replaced : TEXTS.result.shown] : [];
  say([...told, ...(choices ? [TEXTS.choices(choices)] : [])].join(" "));
  if (follow) reveal(nodes[0]);
  // The result is too long to be read out as news (aria-live off): focus goes to its heading. Who types stays in the
  // field; who chooses finds the next choices one Tab further.
  const heading = fresh && log.querySelector(".uitslag h2");
  const choosing = choices && document.activeElement !== field;
  if (focusIsFree()) focusOn(heading || nodes[0], heading || (choosing ? nodes.at(-1) : field));
}

function applyTurn(turn) {
  talk.turn = turn;
  const { vraag, nummer, totaal } = turn.voortgang;
  at("voortgang").hidden = vraag === null;
  at("voortgang-tekst").textContent = vraag === null ? "" : TEXTS.question(nummer, totaal);
  if (vraag !== null) Object.assign(at("voortgang"), { max: totaal, value: nummer });
  document.body.classList.toggle("met-uitslag", log.querySelector(".uitslag") !== null);
  at("antwoorden").hidden = Object.values(turn.antwoorden).every((code) => code === null);
  at("balk").hidden = vraag === null && at("antwoorden").hidden;
  showAnswers();
}

/** Puts the open turn's buttons under the last message; gives their number. */
function showChoices() {
  log.querySelector(".keuzes")?.remove();
  const choices = (talk.turn?.berichten ?? []).flatMap((message) => message.knoppen);
  if (choices.length) {
    lastNode(".bot").after(make("div", { class: "keuzes knoppen", role: "group", "aria-label": TEXTS.choicesLabel },
      ...choices.map(({ titel, waarde }) => button(titel, "keuze", () => send({ keuze: waarde }, titel)))));
  }
  return choices.length;
}

/** `node` on touch, where focus on a text field opens the keyboard; else `other`. */
function focusOn(node, other) {
  (onTouch.matches ? node : other).focus({ preventScroll: true });
}

/** False while the person is at something else, such as a link or the menu. */
function focusIsFree() {
  const now = document.activeElement;
  return now === document.body || dock.contains(now) || now.closest("[tabindex='-1'], [hidden]") !== null;
}

const bottomOf = (node) => node.getBoundingClientRect().bottom;

function atEnd() {
  return bottomOf(log) <= Math.min(dock.getBoundingClientRect().top, innerHeight) + 48;
}

/** For the style sheet: nothing may be scrolled under the text field. */
function measureDock() {
  document.documentElement.style.setProperty("--dok-hoogte", `${dock.offsetHeight}px`);
}

function scrollToEnd() {
  (at("typt").hidden ? log : at("typt")).scrollIntoView({ block: "end" });
}

/** To the end of the conversation, but not past the beginning of what is new. */
function reveal(first) {
  scrollToEnd();
  if (first.getBoundingClientRect().top < Math.max(0, bottomOf(at("balk")))) first.scrollIntoView({ block: "start" });
}

/* ---- "Jouw antwoorden" ---- */

let names = null; // promise of {questions, titles}, fetched once

async function fetchNames() {
  const [questions, ...lists] = await Promise.all(["/vragen", "/gemeenten", "/sectoren"].map((path) => request("GET", path)));
  return { questions, titles: new Map(lists.flat().map(({ code, naam }) => [code, naam])) };
}

async function showAnswers() {
  names = names ?? fetchNames();
  let known;
  try {
    known = await names;
  } catch {
    names = null; // tried again with the next turn
    return;
  }
  if (!talk) return;
  const given = known.questions.flatMap((question) => {
    const key = question.levert.includes("sbi2025") ? "sbi2025" : question.levert[0];
    const code = talk.turn.antwoorden[key] ?? null;
    return code === null ? [] : [{ question, code: String(code) }];
  });
  at("aantal").textContent = `(${given.length})`;
  at("antwoordlijst").replaceChildren(...given.map(({ question: { id, kort, opties }, code }) => {
    const title = (opties ?? []).find((option) => String(option.waarde) === code)?.titel
      ?? known.titles.get(code) ?? TEXTS.codes[code] ?? code;
    const subject = kort[0].toLowerCase() + kort.slice(1);
    const change = button(TEXTS.change, undefined, () => send({ tekst: `wijzig ${id}` }, TEXTS.wantChange(subject)));
    change.append(hidden(` ${subject}`));
    return make("li", {}, make("span", {}, make("small", {}, kort), title), change);
  }));
}

/* ---- Result ---- */

const inDutch = (date, parts) => new Intl.DateTimeFormat("nl-NL", parts).format(date);

function resultCard({ result, meaning, notes = [] }) {
  const texts = TEXTS.result;
  const paragraph = (text, style) => make("p", { class: style }, text);
  const part = (style, title, ...content) => make("section", { class: style }, title && make("h3", {}, title), ...content);
  const score = texts.score(result.score, MAXIMUM_SCORE);
  const urgent = notes.filter((note) => note.startsWith(texts.urgent));
  const other = notes.filter((note) => !urgent.includes(note));
  const card = make("article", { class: "uitslag", "aria-labelledby": "uitslag-kop", "aria-live": "off" },
    make("div", {},
      paragraph(document.title, "alleen-print"),
      paragraph(texts.made + inDutch(new Date(), { dateStyle: "long" }), "klein"),
      make("h2", { id: "uitslag-kop", tabindex: "-1" }, texts.stages[result.fase]),
      make("div", { class: "score" },
        make("progress", { max: MAXIMUM_SCORE, value: result.score, "aria-hidden": "true" }), make("strong", {}, score)),
      meaning && paragraph(meaning),
      result.voorlopig && paragraph(texts.provisional, "klein")),
    result.veiligheidsvlag && part("veilig", texts.safety, ...urgent.map((note) => paragraph(note))),
    part("", texts.why, make("ul", {}, ...result.uitleg.map((reason) => make("li", {}, reason)))),
    part("stap", texts.step, paragraph(result.volgendeStap)),
    other.length > 0 && part("", texts.notes, ...other.map((note) => paragraph(note))),
    result.initiatieven.length > 0 && part("", texts.offers, ...result.initiatieven.map(offerCard)),
    part("", result.initiatieven.length ? texts.alsoFallback : texts.fallback, offerCard(result.vangnet)),
    make("div", {},
      paragraph(texts.honest, "klein"),
      make("div", { class: "knoppen" },
        button(texts.print, "keuze", () => print()), button(texts.download, "keuze", () => download(card)))));
  return card;
}

function offerCard(offer) {
  const texts = TEXTS.result;
  const month = inDutch(new Date(offer.laatstGezien), { month: "long", year: "numeric", timeZone: "UTC" });
  return make("div", { class: "kaart" },
    make("h4", {}, offer.naam),
    make("p", {}, offer.reden),
    make("p", { class: "klein" }, texts.seen(month)),
    offer.verouderd && make("p", { class: "waarschuwing" }, texts.outdated),
    outsideLink(offer.url, make("span", {}, texts.link, hidden(texts.linkOf(offer.naam)), TEXTS.newTab)));
}

/** The card as plain text, so that screen, paper and file say the same. */
function resultText(card) {
  const mark = { H2: "\r\n", H3: "\r\n# ", H4: "\r\n", LI: "- " };
  return [...card.querySelectorAll("h2, h3, h4, p, strong, li, a")]
    .map((node) => (mark[node.tagName] ?? "") + (node.href ?? node.textContent)).join("\r\n");
}

function download(card) {
  const address = URL.createObjectURL(new Blob([resultText(card)], { type: "text/plain;charset=utf-8" }));
  make("a", { href: address, download: TEXTS.result.file }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/* ---- Text field, menu, beginning ---- */

/** Nine digits that pass the "elfproef" of a citizen service number. */
function hasPersonalNumber(text) {
  return (text.match(/\b\d(?:[ .-]?\d){8}\b/g) ?? []).some((match) => {
    const digits = match.replace(/\D/g, "");
    const sum = [...digits].reduce((total, digit, index) => total + digit * (index === 8 ? -1 : 9 - index), 0);
    return sum % 11 === 0;
  });
}

function submit(event) {
  event.preventDefault();
  const text = field.value.trim();
  const fault = !text ? TEXTS.empty : hasPersonalNumber(text) ? TEXTS.personalNumber : "";
  if (talk.busy) {
    say(TEXTS.wait, true);
  } else if (!text && talk.pending) {
    deliver(); // as "Probeer opnieuw" does
  } else if (fault) {
    warn(fault);
    field.setAttribute("aria-invalid", "true");
    field.focus();
  } else {
    field.value = "";
    count();
    send({ tekst: text }, text);
  }
}

let lastStep;

/** Characters left, near the end: shown at every key, told in steps. */
function count() {
  const left = field.maxLength - field.value.length;
  const text = left > COUNT_FROM ? "" : TEXTS.left(left);
  const step = text && Math.ceil(left / COUNT_STEP);
  at("teller").textContent = text;
  if (text && step !== lastStep) say(text);
  lastStep = step;
}

at("start").addEventListener("click", () => start());
at("invoer").addEventListener("submit", submit);
field.addEventListener("input", () => {
  if (field.hasAttribute("aria-invalid")) clearWarning();
  count();
});
field.addEventListener("keydown", (event) => {
  // In an input method Enter chooses a word (Safari tells by keyCode 229).
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) submit(event);
});
at("mens").addEventListener("click", () => send({ tekst: "ik wil een mens spreken" }, TEXTS.wantHuman));
at("opnieuw").addEventListener("click", () => send({ tekst: "opnieuw" }, TEXTS.wantRestart));
at("verwijder").addEventListener("click", () => at("vraag-verwijderen").showModal());
at("vraag-verwijderen").addEventListener("close", ({ target }) => {
  if (target.returnValue === "ja") erase();
  target.returnValue = "";
});
at("antwoorden").addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  at("antwoorden").open = false;
  at("antwoorden").firstElementChild.focus();
});
addEventListener("online", () => retryOnline?.());
new ResizeObserver(measureDock).observe(dock);

at("start").hidden = false;
const stored = load();
if (stored?.items) resume(stored);
