"""Fits one linear model. Apart from the classifier, so that a process of its own can do it without loading Rasa."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

TOLERANCE = 0.1  # of the solver; a smaller one takes longer and tells nothing apart better
NOTHING = 5e-3  # a weight below this changes no probability that is ever looked at

SMOOTHING = 0.03  # of naive Bayes: how often a feature counts at a class where it was never seen

REST = "-"  # the class of everything that is none of those asked for

Labels = NDArray[np.str_]
Weights = NDArray[np.float64]
Fitted = tuple[Labels, NDArray[np.int32], NDArray[np.float16], NDArray[np.float32]]


def fit(
    features: csr_matrix,
    labels: Labels,
    sample_weight: Weights,
    *,
    c: float,
    seed: int,
    classes: Sequence[str] | None = None,
    bayes: float = 0.0,
) -> Fitted:
    """Classes; in which row of the weights each feature is; weights, a column a class; and bias.

    With `classes` only those are learnt, each against all the others, so that a large model can be fitted in parts.
    `bayes` is how much naive Bayes counts beside the support vectors: it looks at how often instead of at the boundary,
    errs elsewhere, and being linear too it costs nothing when a message is read. The first row holds zeros: features
    that say nothing about these classes share it. The same input gives the same model, which is why models are fitted
    in processes: threads would share the solver's random numbers.
    """
    if classes is not None:
        labels = np.where(np.isin(labels, classes), labels, REST)
    model = LinearSVC(C=c, tol=TOLERANCE, random_state=seed)
    model.fit(features, labels, sample_weight)
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        weights, bias = np.vstack([-weights, weights]), np.hstack([-bias, bias])
    if bayes:
        weights = weights + bayes * _bayes(features, labels, sample_weight)
    asked = model.classes_ != REST
    weights = np.where(np.abs(weights) > NOTHING, weights, 0)
    return _packed(model.classes_[asked], weights[asked].T, bias[asked])


def _bayes(features: csr_matrix, labels: Labels, sample_weight: Weights) -> Weights:
    """The weights of naive Bayes, a row a class; what was never seen says nothing."""
    weights = ComplementNB(alpha=SMOOTHING).fit(features, labels, sample_weight).feature_log_prob_
    return np.where(features.getnnz(axis=0) > 0, weights - weights.mean(axis=0), 0)


def joined(models: Sequence[Fitted]) -> Fitted:
    """Models of different classes on the same features, as one."""
    weights = np.hstack([kept[places] for _, places, kept, _ in models])
    return _packed(np.hstack([classes for classes, *_ in models]), weights, np.hstack([bias for *_, bias in models]))


def _packed(classes: Labels, weights: NDArray[np.floating[Any]], bias: NDArray[np.floating[Any]]) -> Fitted:
    used = np.flatnonzero(weights.any(axis=1))
    places = np.zeros(len(weights), dtype=np.int32)
    places[used] = np.arange(1, len(used) + 1)
    kept = np.vstack([np.zeros((1, len(bias))), weights[used]])
    return classes, places, kept.astype(np.float16), bias.astype(np.float32)
