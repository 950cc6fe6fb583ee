"""Fits one linear model. Apart from the classifier, so that a process of its own can do it without loading Rasa."""

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.svm import LinearSVC

TOLERANCE = 0.1  # of the solver; a smaller one takes longer and tells nothing apart better
NOTHING = 5e-3  # a weight below this changes no probability that is ever looked at

Fitted = tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]


def fit(features: csr_matrix, labels: np.ndarray, sample_weight: np.ndarray, c: float, seed: int) -> Fitted:
    """Classes; in which row of the weights each feature is; weights, a column a class; and bias.

    The first row holds zeros: features that say nothing about these classes share it. The same input gives the same
    model, which is why models are fitted in processes: threads would share the solver's random numbers.
    """
    model = LinearSVC(C=c, tol=TOLERANCE, random_state=seed)
    model.fit(features, labels, sample_weight)
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        weights, bias = np.vstack([-weights, weights]), np.hstack([-bias, bias])
    weights = np.where(np.abs(weights) > NOTHING, weights, 0)
    used = np.flatnonzero(weights.any(axis=0))
    places = np.zeros(weights.shape[1], dtype=np.int32)
    places[used] = np.arange(1, len(used) + 1)
    kept = np.vstack([np.zeros((1, len(bias))), weights[:, used].T])
    return model.classes_, places, kept.astype(np.float16), bias.astype(np.float32)
