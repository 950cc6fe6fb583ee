"""The action that takes one turn of the scan. Rasa runs it as the form `scan`, so for every message."""

from asyncio import to_thread
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions import replies, slots
from actions.meanings import Answers, Aside, AskBack, Command, Heard, Understood
from actions.replies import Reply, said
from actions.slots import Conversation
from actions.understanding import understand
from analytics.recording import Recorder
from knowledge import scan as course
from knowledge.base import Knowledge
from knowledge.result import result
from knowledge.scan import Scan
from knowledge.words import listed


@dataclass(frozen=True)
class Taken:
    """A turn: the scan after it, and what is said before the open question."""

    scan: Scan
    said: tuple[Reply, ...] = ()
    conversation: Conversation | None = None  # when it changed
    stopped_at: str | None = None  # the question at which somebody stopped before there was a result


class ScanAction(Action):  # type: ignore[misc]  # rasa-sdk is not typed
    """One turn: read the slots, understand, step, record, answer."""

    def __init__(self, knowledge: Knowledge, recorder: Recorder) -> None:
        """Take the data and the function that records."""
        self._knowledge = knowledge
        self._recorder = recorder

    def name(self) -> str:
        """Name of the action, and of the form that it stands in for."""
        return "scan"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[EventType]:
        """Take the turn. Raises when the result cannot be recorded; nothing has happened then, so it can be retried."""
        today = date.today()
        message = tracker.latest_message
        before = slots.read_scan(tracker.slots, self._knowledge.intake)
        conversation = slots.read_conversation(tracker.slots, message.get("metadata"))
        if before is None:
            site = self._knowledge.sites[conversation.site]
            welcome = [said("utter_welkom", aanbieder=site.aanbieder)]
            if (message.get("metadata") or {}).get("evenementVervallen"):
                welcome.append(Reply(text=self._knowledge.texts.evenement))
            taken = Taken(course.begin(self._knowledge.intake), tuple(welcome))
        else:
            heard = hear(message)
            understood = understand(self._knowledge, before, heard, conversation.offered)
            if heard.personal and isinstance(understood, AskBack):
                taken = Taken(before)  # what was left of the message said nothing clear, and that is no failure
            else:
                taken = self._step(before, understood, conversation, heard.text, today)
            taken = replace(taken, said=(*replies.personal_data(self._knowledge, heard.personal), *taken.said))
        values = await self._answer(dispatcher, before, taken, conversation, today)
        # Only what changed: Rasa checks every event against the schema of all events.
        changed = [SlotSet(name, value) for name, value in values.items() if tracker.slots.get(name) != value]
        return [ActiveLoop("scan"), *changed] if before is None else changed

    async def _answer(
        self,
        dispatcher: CollectingDispatcher,
        before: Scan | None,
        taken: Taken,
        conversation: Conversation,
        today: date,
    ) -> dict[str, Any]:
        """Say everything, record what came of it, and give the slots as they are now."""
        intake, scan = self._knowledge.intake, taken.scan
        conversation = taken.conversation or conversation
        site = self._knowledge.sites[conversation.site]
        outcome = result(self._knowledge, scan.effective, today) if scan.has_result(intake) else None
        messages = list(taken.said)
        if outcome and self._is_new(before, scan):
            source = conversation.source
            await to_thread(self._recorder.record_referral, source, scan.effective, outcome, today)
            changed = before is not None and before.has_result(intake)
            messages += replies.result_replies(self._knowledge, outcome, changed=changed)
        if taken.stopped_at:
            await to_thread(self._recorder.record_stopped, conversation.source, taken.stopped_at, today)
        returns = bool(taken.said) and before is not None and before.doubt == scan.doubt
        question = replies.question_reply(self._knowledge, scan, site, returns=returns)
        messages += [question] if question else [_ending(scan)]
        for message in messages:
            _utter(dispatcher, message)
        position = course.position(intake, scan)
        dispatcher.utter_message(
            json_message={
                "beurt": replies.state(self._knowledge, scan, outcome, position),
                "registratie": {"id": conversation.record, "afgerond": outcome is not None or scan.phase == "gestopt"},
            }
        )
        offered = tuple(code for code, _ in messages[-1].buttons) if messages else ()
        conversation = replace(conversation, offered=offered)
        return slots.write(scan, conversation, intake)

    def _is_new(self, before: Scan | None, scan: Scan) -> bool:
        """Whether the answers that the result rests on differ from those before this turn."""
        intake = self._knowledge.intake
        if before is None or not before.has_result(intake):
            return True
        complete = all(question.id in scan.answers for question in intake.further)
        counting = intake.vragen if complete else intake.core
        return any(before.effective.get(q.id) != scan.effective.get(q.id) for q in counting)

    def _step(self, scan: Scan, understood: Understood, conversation: Conversation, text: str, today: date) -> Taken:
        """What a message does to the scan."""
        site = self._knowledge.sites[conversation.site]
        match understood:
            case Answers(given, correction, beside, trade):
                taken = self._take_answers(scan, given, text, correction=correction)
                if trade and taken.scan.open == "bedrijf":
                    taken = replace(taken, scan=course.doubt(taken.scan, trade, failed=False))
                if beside is None:
                    return taken
                answered = replies.aside_reply(self._knowledge, beside, scan, site=site, text=text, today=today)
                return replace(taken, said=(answered, *taken.said))
            case AskBack(doubt, failed, given):
                if scan.open is None:
                    return Taken(scan, (said("utter_niet_begrepen"),))
                taken = self._take_answers(scan, given, text, correction=False)
                return replace(taken, scan=course.doubt(taken.scan, doubt, failed=failed))
            case Aside(name):
                reply = replies.aside_reply(self._knowledge, name, scan, site=site, text=text, today=today)
                return Taken(course.without_offer(scan, name), (reply,))
            case Command(name, question):
                return self._command(course.without_offer(scan, name), name, question, conversation)

    def _take_answers(self, scan: Scan, given: tuple[tuple[str, str], ...], text: str, *, correction: bool) -> Taken:
        """Note answers, and say those that nobody asked for at this moment: what was misread can be corrected then."""
        asked, changed, noted = scan.open, [], []
        for question, code in given:
            if correction or question in scan.replaced:
                changed.append(said("utter_aangepast", zin=self._statement(question, code, text)))
            elif question != asked:
                noted.append(self._statement(question, code, text))
            scan = course.answer(self._knowledge.intake, scan, question, code)
        if not noted:
            return Taken(scan, tuple(changed))
        also = asked in dict(given)
        note = said("utter_ook_genoteerd" if also else "utter_genoteerd", zin=listed(noted))
        return Taken(scan, (*changed, note))

    def _statement(self, question: str, code: str, text: str) -> str:
        """An answer in words; a trade as the words name it, and not by its whole sector."""
        read = self._knowledge.sectors.read(text) if question == "bedrijf" else None
        named = read is not None and read.certain and read.sectors[0].code == code
        return read.sectors[0].zin if read and named else self._knowledge.statement(question, code)

    def _command(self, scan: Scan, name: str, question: str | None, conversation: Conversation) -> Taken:
        intake = self._knowledge.intake
        if name == "stop":
            stopped_at = None if scan.has_result(intake) else scan.open
            return Taken(course.stop(intake, scan), stopped_at=stopped_at)
        if name == "opnieuw":
            fresh = scan.has_result(intake) or scan.phase == "gestopt"
            renewed = replace(conversation, record=slots.new_record()) if fresh else conversation
            return Taken(course.begin(intake), (said("utter_opnieuw"),), conversation=renewed)
        if name == "terug":
            earlier = course.back(intake, scan)
            return Taken(earlier, (said("utter_terug"),)) if earlier else Taken(scan, (said("utter_terug_eerste"),))
        if name == "wijzig":
            if question and (question in scan.answers or question == scan.open):
                return Taken(course.reopen(scan, question), (said("utter_wijzig"),))
            return Taken(scan, (said("utter_wijzig_wat"),))
        if name == "sla_over" and scan.open:
            return Taken(course.skip(intake, scan), (said("utter_overgeslagen"),))
        if name == "verder" and scan.open is None and scan.has_result(intake):
            return Taken(course.go_on(intake, scan))
        if name == "klaar" and scan.has_result(intake):
            return Taken(course.stop(intake, scan))
        if name == "hoeveel_nog":
            return Taken(scan, (self._remaining(scan),))
        if name == "hulp" and scan.open:
            return Taken(scan, (said("utter_hulp", uitleg=intake.question(scan.open).uitleg),))
        return Taken(scan, (said("utter_hulp_algemeen"),) if scan.open is None else ())

    def _remaining(self, scan: Scan) -> Reply:
        position = course.position(self._knowledge.intake, scan)
        if position is None:
            return said("utter_geen_vragen_meer")
        number, total = position
        return said("utter_hoeveel_nog", nummer=str(number), totaal=str(total), nog=str(total - number + 1))


def _ending(scan: Scan) -> Reply:
    """What is said when no question is open: the offer, or the end."""
    if scan.phase == "aanbod":
        return said("utter_aanbod", replies.GO_ON, replies.DONE)
    return said("utter_gestopt" if scan.phase == "gestopt" else "utter_klaar", replies.AGAIN)


def hear(message: Mapping[str, Any]) -> Heard:
    """What Rasa made of the latest message."""
    entities = message.get("entities") or []
    choice = next((entity["value"] for entity in entities if entity["entity"] == "waarde"), None)
    return Heard(
        text=message.get("text") or "",
        choice=choice,
        intents={intent["name"]: intent["confidence"] for intent in message.get("intent_ranking") or []},
        readings={entity["entity"]: entity["value"] for entity in entities if entity["entity"] != "waarde"},
        personal=tuple((message.get("metadata") or {}).get("persoonsgegevens") or ()),
    )


def _utter(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    buttons = [{"title": title, "payload": f'/kies{{"waarde": "{code}"}}'} for code, title in reply.buttons]
    if reply.response:
        dispatcher.utter_message(response=reply.response, buttons=buttons, **reply.variables)
    else:
        dispatcher.utter_message(text=reply.text, buttons=buttons)
