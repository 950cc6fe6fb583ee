import numpy as np
import pytest

from bot import classifier, dutch, pipelines
from bot.classifier import _beside_each_other, _counted, _counted_lot, _side_by_side
from bot.phrases import LEAST, Counts, Row, Vocabulary, parts
from knowledge.base import load

DOCUMENTS = [["excel", "excel", "papier", "geen"], ["papier"], ["onbekend"], [], ["geen", "excel", "geen", "geen"]]
# Often enough to be learnt; what is said once is not.
SAID = [document for document in DOCUMENTS if document != ["onbekend"]] * LEAST + [["onbekend"]]


def spread(row: Row, width: int) -> np.ndarray:
    """All the columns of a message."""
    found = np.zeros(width, dtype=np.float32)
    found[row.indices] = row.data
    return found


def test_single_message_weighs_what_it_weighs_among_others() -> None:
    learnt, rows = Vocabulary.learn(Counts.of(SAID))
    assert set(learnt.known) == {"excel", "papier", "geen"}
    for document, expected in zip(SAID, rows.toarray(), strict=True):
        found = spread(learnt.weigh_one(document), len(learnt.known))
        np.testing.assert_allclose(found, np.nan_to_num(expected), rtol=1e-6)


def test_parts_of_a_word_are_learnt_as_often_as_the_word_is_used() -> None:
    learnt, rows = Vocabulary.learn_parts(Counts.of(SAID))
    one_by_one, _ = Vocabulary.learn(Counts.of([*parts(document)] for document in SAID))
    assert dict(zip(learnt.known, learnt.idf, strict=True)) == dict(zip(one_by_one.known, one_by_one.idf, strict=True))
    for document, expected in zip(SAID, rows.toarray(), strict=True):
        found = spread(learnt.weigh_one(parts(document)), len(learnt.known))
        np.testing.assert_allclose(found, np.nan_to_num(expected), rtol=1e-5)


def test_what_is_counted_in_lots_is_the_same_as_at_once() -> None:
    at_once, together = Counts.of(SAID), Counts.together([Counts.of(SAID[:2]), Counts.of([]), Counts.of(SAID[2:])])
    assert together.names == at_once.names
    for part in ("data", "indices", "indptr"):
        np.testing.assert_array_equal(getattr(together.rows, part), getattr(at_once.rows, part))


def test_messages_are_taken_apart_by_several_processes_as_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    model, lexicon = dutch.load(pipelines.BUILT_IN), load().lexicon
    texts = [
        "facturen in Moneybird",
        "nee, op papier",
        "KLANTEN!!!",
        "we zijn met 4",
        "vroeger Excel, nu een programma",
    ]
    by_several = _counted(texts, model, lexicon)
    monkeypatch.setattr(classifier, "_inherited", {"model": model, "lexicon": lexicon})
    at_once = _counted_lot(texts)
    assert len(by_several) == len(at_once) == 3
    for several, one in zip(by_several, at_once, strict=True):
        assert several.names == one.names
        np.testing.assert_array_equal(several.rows.toarray(), one.rows.toarray())
    assert {"factuur", "<2-9>"} <= set(at_once[0].names)


def test_blocks_of_one_message_lie_side_by_side_as_those_of_many_do() -> None:
    learnt, rows = Vocabulary.learn(Counts.of(SAID))
    width = len(learnt.known)
    expected = _side_by_side([rows, rows[::-1]]).toarray()
    for document, other, weighed in zip(SAID, reversed(SAID), expected, strict=True):
        row = _beside_each_other([learnt.weigh_one(document), learnt.weigh_one(other)], [width, width])
        np.testing.assert_allclose(spread(row, 2 * width), np.nan_to_num(weighed), rtol=1e-6)
