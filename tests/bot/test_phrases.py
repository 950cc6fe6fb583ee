import numpy as np

from bot.classifier import _beside_each_other, _side_by_side
from bot.phrases import Vocabulary

DOCUMENTS = [["excel", "excel", "papier", "geen"], ["papier"], ["onbekend"], [], ["geen", "excel", "geen", "geen"]]


def vocabulary() -> Vocabulary:
    return Vocabulary.learn([*DOCUMENTS, *DOCUMENTS], least=2)


def test_single_message_weighs_what_it_weighs_among_others() -> None:
    learnt = vocabulary()
    rows = learnt.weigh(DOCUMENTS).toarray()
    for document, expected in zip(DOCUMENTS, rows, strict=True):
        row = learnt.weigh_one(document)
        found = np.zeros(len(learnt.known), dtype=np.float32)
        found[row.indices] = row.data
        np.testing.assert_allclose(found, np.nan_to_num(expected), rtol=1e-6)


def test_blocks_of_one_message_lie_side_by_side_as_those_of_many_do() -> None:
    learnt = vocabulary()
    width = len(learnt.known)
    for document in DOCUMENTS:
        row = _beside_each_other([learnt.weigh_one(document), learnt.weigh_one(["papier"])], [width, width])
        expected = _side_by_side([learnt.weigh([document]), learnt.weigh([["papier"]])]).toarray()[0]
        found = np.zeros(2 * width, dtype=np.float32)
        found[row.indices] = row.data
        np.testing.assert_allclose(found, expected, rtol=1e-6)
