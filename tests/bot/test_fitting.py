"""Naive Bayes beside the support vectors: it counts how often, and is part of the same weights."""

import numpy as np
from scipy.sparse import csr_matrix

from bot.fitting import Fitted, fit

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
