"""What may have been asked or wanted instead of answered, offered beside the answers of a counter-question."""

from collections.abc import Mapping
from dataclasses import replace

from actions.meanings import AskBack, Heard
from actions.ranking import Ranking
from knowledge.scan import Candidate, Kind

# Share of all probability from which a moment is offered: beside one or two answers, and beside all of them.
LIKELY, LIKELY_BESIDE_ALL = 0.12, 0.20
MOST_ANSWERS, MOST_MOMENTS = 3, 2


def offered_too(asked: AskBack, heard: Heard, titles: Mapping[str, str]) -> AskBack:
    """The counter-question with the likeliest moments among its choices, when the message may have been one.

    `titles` are the moments that can be offered, with the text of their button.
    """
    doubt = asked.doubt
    if doubt.kind == "overslaan" or doubt.ask:
        return asked
    needed = LIKELY_BESIDE_ALL if doubt.kind == "anders" else LIKELY
    everything = Ranking.of(heard.intents, heard.intents)
    moments = [name for name, _ in Ranking.of(heard.intents, titles).ordered if everything.shares[name] >= needed]
    if not moments:
        return asked
    likely = tuple(Candidate(name, titles[name], titles[name]) for name in moments[:MOST_MOMENTS])
    kind: Kind = "anders" if doubt.kind == "anders" else "kies"
    return replace(asked, doubt=replace(doubt, kind=kind, candidates=(*doubt.candidates[:MOST_ANSWERS], *likely)))
