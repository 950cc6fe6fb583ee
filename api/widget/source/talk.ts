/** The course of one conversation: begin, answer, go on after a reload, forget. */

import { type Client, type Fault, type Options, expired, newKey, passes } from "./client";
import { createDock } from "./dock";
import { type Described, fill } from "./dom";
import { createLog } from "./log";
import type { Memory, Remembered } from "./memory";
import type { At, Body, Card, Item, Texts, Turn } from "./shapes";

const TYPING_AFTER_MS = 400; // most answers come faster; a flash of "typing" is noise
const AGAIN_AFTER_MS = 5000; // after a series of tries that failed
const QUIET_MS = 500; // after the history was put back, so that it is not read out

/** What the conversation needs of the panel around it. */
export interface Around {
  /** What a conversation begins with: site and channel. */
  beginning: object;
  at: At;
  texts: Texts;
  client: Client;
  memory: Memory;
  /** Puts the focus on `other`, or on `node` on touch, where focus on a text field opens the keyboard. */
  focusOn(node: HTMLElement, other: HTMLElement): void;
  /** Whether the person is not at something else, such as a link, the menu or the host's page. */
  isFocusFree(): unknown;
  isOpen(): boolean;
  /** Told of the turn that is shown, whether the person said something, and whether the assistant is lost. */
  changed(turn: Turn | null, answered: boolean, lost: boolean): void;
}

export type Talk = ReturnType<typeof createTalk>;

export function createTalk({ beginning, at, texts, client, memory, focusOn, isFocusFree, isOpen, changed }: Around) {
  const log = createLog(at("log"), texts);
  // What was typed stays in the field when it cannot be sent yet.
  const dock = createDock(at, texts, (text) => send({ tekst: text }, text) && dock.write(""), () => save());
  let now: Remembered | null = null;
  let turn: Turn | null = null;
  let busy = false;
  let timer = 0;
  let again: (() => void) | null = null; // what to do again when the connection may be back
  addEventListener("online", () => again?.());

  const hasSpoken = () => !!now?.items.some(({ who }) => who === "jij");
  const asSeen = ({ berichten, uitslag }: Turn) => JSON.stringify([berichten, uitslag]);
  /** Says below the log what we wait for; the line takes room, so that the end of the log has to be shown again. */
  const waiting = (text: string) => {
    dock.say(text, true);
    log.reveal();
  };
  const nogNiet = () => waiting(texts.nogNiet!);

  /** Stores the conversation, from the person's first message on. */
  const save = () => {
    if (hasSpoken()) memory.save({ ...now!, open: isOpen(), draft: dock.field.value });
  };
  const tell = (lost = false) => changed(turn, hasSpoken(), lost);

  /** Takes faults away, and with them what was to be tried again. */
  const clear = () => {
    clearTimeout(timer);
    again = null;
    dock.clear();
  };

  const enter = (conversation: Remembered | null) => {
    now = conversation;
    turn = null;
    clear();
    dock.say("");
    at("log").replaceChildren();
    tell();
  };

  const apply = (next: Turn) => {
    turn = next;
    tell();
  };

  const offer = () => log.offer((turn?.berichten ?? []).flatMap((message) => message.knoppen),
    ({ waarde, titel }) => send({ keuze: waarde }, titel));

  const show = async (next: Turn) => {
    const mine = now!;
    const follow = log.atEnd();
    const { uitslag, berichten } = next;
    const result = JSON.stringify(uitslag);
    let fresh: Card | undefined;
    if (uitslag && (result !== mine.result || berichten.some(({ tekst }) => tekst.includes(uitslag.volgendeStap)))) {
      // Without an answer to this the words of the turn tell the result.
      busy = true;
      fresh = await client("GET", `gesprekken/${mine.id}/weergave/uitslag`, mine).catch(() => {});
      busy = false;
      if (mine !== now) return;
    }
    const old = log.card();
    if (fresh || !uitslag) {
      mine.items = mine.items.filter((item) => !item.card);
      mine.result = result;
      old?.remove();
    }

    const news: Item[] = berichten.map(({ tekst }) => ({ who: "bot", text: tekst }));
    if (fresh) news.splice(fresh.positie, fresh.vervangt, { who: "bot", card: fresh.kaart });
    mine.items.push(...news);
    mine.seen = asSeen(next);
    const nodes = news.map(log.show);

    apply(next);
    const choices = offer();
    save();
    dock.say((fresh ? texts[old ? "vernieuwd" : "staat"]! : "") + (choices ? fill(texts.keuzes!, choices) : ""));
    if (follow) log.reveal(nodes[0]);
    // The result is long: the focus goes to its heading. Who types stays in the field; who chooses finds the next choices
    // one Tab further.
    const heading = fresh && log.card()!.querySelector("h3");
    const choosing = choices && !dock.field.matches(":focus");
    if (isFocusFree()) focusOn(heading || nodes[0]!, heading || (choosing ? nodes.at(-1)! : dock.field));
  };

  const explain = async (fault: Fault, retry: () => void) => {
    const pending = now?.pending;
    if (pending) log.mark(true);
    if (passes(fault)) {
      dock.warn(fault.detail || texts[fault.status ? "fout" : "geenVerbinding"]!, texts.probeer, retry);
      again = retry;
      timer = setTimeout(retry, Math.max(AGAIN_AFTER_MS, fault.hold || 0));
      tell(true);
    } else if (now && expired(fault)) {
      now.pending = null;
      memory.forget();
      dock.warn(texts.verlopen!, texts.opnieuw, () => {
        enter(null);
        void start();
      });
    } else {
      // The last turn is still open: its buttons come back, and the text to mend it.
      if (now) now.pending = null;
      if (!dock.field.value) dock.write(pending?.body.tekst ?? "");
      if (pending) await recall();
      dock.warn(fault.detail || texts.geweigerd!);
    }
  };

  /** A request with "typing" and faults shown. Undefined when it failed or the conversation is gone. */
  const exchange = async (method: string, path: string, options: Options, retry: () => void): Promise<Turn | undefined> => {
    clear();
    const mine = now;
    let fault: Fault | undefined;
    let answer: Turn | undefined;
    const typing = setTimeout(() => dock.isSilent() && waiting(texts.typt!), TYPING_AFTER_MS);
    busy = true;
    try {
      answer = await client(method, `gesprekken${path}`, options, nogNiet);
    } catch (error: any) {
      fault = error;
    }
    clearTimeout(typing);
    dock.say("");
    busy = false;
    if (mine !== now) return;
    if (fault) void explain(fault, retry);
    return answer;
  };

  const start = async (): Promise<void> => {
    const first = await exchange("POST", "", { body: beginning, key: newKey() }, start);
    if (!first) return;
    enter({ id: first.gesprekId, secret: first.sleutel!, items: [] });
    await show(first);
  };

  /** Looks at the last turn, and shows it when it is another: a second tab may go on with this conversation. */
  const recall = async (): Promise<void> => {
    const last = await exchange("GET", `/${now!.id}`, now!, recall);
    if (!last) return;
    if (asSeen(last) !== now!.seen || !now!.items.length) return show(last);
    apply(last);
    offer();
    save();
    log.reveal();
  };

  /** Goes on after a reload. A message that was under way is sent again, with its own key. */
  const resume = async (remembered: Remembered) => {
    at("log").ariaLive = "off"; // the history is not to be read out
    enter(remembered);
    dock.write(remembered.draft!);
    remembered.items.forEach(log.show);
    log.reveal();
    await (now!.pending ? deliver() : recall());
    setTimeout(() => (at("log").ariaLive = null), QUIET_MS);
  };

  const deliver = async (): Promise<void> => {
    const { id, secret, pending } = now!;
    const next = await exchange("POST", `/${id}/berichten`, { ...pending, secret }, deliver);
    if (!next) return;
    log.mark(false);
    now!.pending = null;
    await show(next);
  };

  /** Shows what the person says and sends it. False when something else has to arrive first. */
  const send = (body: Body, text: string): boolean => {
    if (busy || !now || now.pending) {
      dock.say(texts.wacht!, true);
      if (!busy) again?.();
      return false;
    }
    log.offer([], () => {}); // choices go away after use
    // With the question that the person sees: in another tab the conversation may be further.
    now.pending = { body: { ...body, vraag: turn!.voortgang.vraag ?? undefined }, key: newKey() };
    const item: Item = { who: "jij", text };
    now.items.push(item);
    const bubble = log.show(item);
    save();
    dock.say("");
    log.reveal();
    focusOn(bubble, body.keuze ? bubble : dock.field);
    void deliver();
    return true;
  };

  /** Forgets everything, here and on the server. False when the server did not answer. */
  const erase = async (): Promise<boolean> => {
    clear();
    try {
      if (now) await client("DELETE", `gesprekken/${now.id}`, now, nogNiet);
    } catch (fault: any) {
      if (!expired(fault)) {
        dock.say("");
        dock.warn(texts.verwijderMislukt!, texts.probeer, erase);
        return false;
      }
    }
    memory.forget();
    dock.write("");
    enter(null);
    return true;
  };

  return {
    /** Begins, or goes on with what this tab remembers. */
    async open(): Promise<void> {
      const remembered = memory.load();
      await (remembered ? resume(remembered) : start());
    },
    send,
    erase,
    save,
    /** Passes on what somebody says of the result; nothing depends on it. */
    judge: (oordeel: string) => void client("POST", `gesprekken/${now!.id}/oordeel`, { ...now, body: { oordeel } }).catch(() => {}),
    /** The answers in words, with a way to change each. */
    answers: (): Promise<Described> => client("GET", `gesprekken/${now!.id}/weergave/antwoorden`, now!),
  };
}
