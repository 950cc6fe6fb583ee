"""The order of advice is told as it is made: each thing that decides it, and what it has no say over."""

import msgspec
import pytest

from api.accountability.order import WORDS, order
from knowledge.base import Knowledge
from knowledge.intake import UNKNOWN
from knowledge.matching import GROUPS, NEAR_FIRST, Matched, Profile, Rank, fitting, rank
from tests.api.accountability.installation import text, written
from tests.knowledge.test_matching import AUTUMN, UTRECHT

# What makes an initiative come first, and what makes it come last, by each thing that is told.
FIRST = {"soort": "digitalisering", "groep": GROUPS[0], "gezien": "2026-11", "id": "a"}
LAST = {"soort": "cyber", "groep": GROUPS[-1], "gezien": "2020-01", "id": "z"}
FIELD = {"other_help": "soort", "indirectness": "groep", "unseen": "gezien", "id": "id"}


def made(knowledge: Knowledge, better_in: str) -> tuple[Matched, Matched]:
    """One that is better in this alone, with all before it the same, and one that is better in all that comes after."""
    names = list(Rank._fields)
    after = names[names.index(better_in) + 1 :]
    one, other = dict(FIRST), dict(FIRST)
    near = {"one": NEAR_FIRST[0], "other": NEAR_FIRST[0]}
    for name in (better_in, *after):
        worse, who = (other, "other") if name == better_in else (one, "one")
        if name == "distance":
            near[who] = NEAR_FIRST[-1]
        else:
            worse[FIELD[name]] = LAST[FIELD[name]]
    example = knowledge.catalogue[0]
    return (
        Matched(msgspec.structs.replace(example, **one), near["one"]),
        Matched(msgspec.structs.replace(example, **other), near["other"]),
    )


@pytest.mark.parametrize("name", Rank._fields)
def test_what_is_told_first_weighs_more_than_all_that_is_told_after_it(knowledge: Knowledge, name: str) -> None:
    better, worse = made(knowledge, name)
    assert rank(better, UNKNOWN) < rank(worse, UNKNOWN)
    assert [
        field for field in Rank._fields if getattr(rank(better, UNKNOWN), field) < getattr(rank(worse, UNKNOWN), field)
    ] == [name]


@pytest.mark.parametrize("document", ["uitleg", "algoritmeregister"])
def test_order_is_told_as_it_is(knowledge: Knowledge, document: str) -> None:
    assert list(WORDS) == list(Rank._fields)
    page = text(written(knowledge), document)
    places = [page.index(said) for said in order(knowledge)]
    assert places == sorted(places)


@pytest.mark.parametrize("question", ["veilig", "weet_niet"])
@pytest.mark.parametrize("document", ["uitleg", "algoritmeregister"])
def test_what_serves_a_question_of_its_own_kind_is_named(knowledge: Knowledge, document: str, question: str) -> None:
    page = text(written(knowledge), document)
    for size in ("1", "2-9", "10-49", "50-249"):
        for stage in ("adhoc", "engaged", "verder"):
            firm = Profile(size, UTRECHT, question, stage, safety_flag=False)
            for matched in fitting(firm, knowledge.catalogue, knowledge.municipalities, AUTUMN):
                assert matched.initiative.naam in page


def test_what_is_never_shown_is_named(knowledge: Knowledge) -> None:
    page = text(written(knowledge), "uitleg").partition("Deze staan nooit in dat rijtje:")[2].partition(". Een deel")[0]
    assert page.strip().split(", ") == sorted(one.naam for one in knowledge.catalogue if one.groep not in GROUPS)
