"""One linear model: naive Bayes beside the support vectors in the same weights, and a model that is fitted in parts."""

import numpy as np
from scipy.sparse import csr_matrix

from bot.fitting import Fitted, fit, joined

# Two features that are always there together; the third never is.
EXAMPLES = csr_matrix(np.array([[1, 1, 0], [1, 1, 0], [1, 0, 0], [0, 1, 0], [0, 1, 0], [0, 0, 0]], dtype=np.float32))
LABELS = np.array(["a", "a", "a", "b", "b", "b"])


def weights(fitted: Fitted, feature: int) -> np.ndarray:
    _, places, kept, _ = fitted
    return kept[places[feature]]


def fitted(bayes: float) -> Fitted:
    return fit(EXAMPLES, LABELS, np.ones(len(LABELS)), c=1.0, seed=0, bayes=bayes)


def test_bayes_adds_to_what_a_feature_says_of_the_class_it_is_seen_at() -> None:
    without, with_bayes = weights(fitted(0.0), 0), weights(fitted(0.2), 0)
    assert with_bayes[0] > without[0]
    assert with_bayes[1] < without[1]


def test_feature_that_was_never_seen_says_nothing() -> None:
    assert not weights(fitted(0.2), 2).any()


def test_classes_that_are_fitted_in_parts_are_told_apart_as_at_once() -> None:
    examples = csr_matrix(np.eye(3, dtype=np.float32).repeat(3, axis=0))
    labels = np.array(["a", "b", "c"]).repeat(3)
    asked = [["a", "c"], ["b"]]
    parts = [fit(examples, labels, np.ones(9), c=1.0, seed=0, classes=classes) for classes in asked]
    assert [part[0].tolist() for part in parts] == asked
    at_once = fit(examples, labels, np.ones(9), c=1.0, seed=0)
    for classes, places, kept, bias in (joined(parts), at_once):
        likeliest = classes[(examples @ kept[places].astype(np.float32) + bias).argmax(axis=1)]
        assert likeliest.tolist() == labels.tolist()
