"""Logistic regression with numpy and scipy: texts as counted names, weights by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import expit

#: What a text holds, and how much of it.
Counted = Mapping[str, float]
Floats = NDArray[np.float64]

#: What is added to each count before the shares of a name are compared.
SMOOTHING: Final = 0.1
#: How far a name that parts a column's texts from others is held less firmly than one that does
#: not.
PARTING: Final = 0.5
MOST_PARTING: Final = 5.0


@dataclass(frozen=True, slots=True)
class Fit:
    """Weights of every name and a bias, for each class."""

    names: list[str]
    weights: Floats
    bias: Floats

    def odds(self, texts: Sequence[Counted], given: Floats | float = 0.0) -> Floats:
        return softmax(matrix(texts, self.names) @ self.weights + self.bias + given)


def names_in(texts: Iterable[Counted], least: int) -> set[str]:
    """Names that at least so many texts hold."""
    held = Counter(name for text in texts for name in text)
    return {name for name, count in held.items() if count >= least}


def matrix(texts: Sequence[Counted], names: Sequence[str]) -> csr_matrix:
    places = {name: place for place, name in enumerate(names)}
    starts, columns, values = [0], [], []
    for text in texts:
        known = [(places[name], value) for name, value in text.items() if name in places]
        columns += [place for place, _ in known]
        values += [value for _, value in known]
        starts.append(len(columns))
    return csr_matrix((values, columns, starts), shape=(len(texts), len(names)))


def softmax(raw: Floats) -> Floats:
    powers = np.exp(raw - raw.max(axis=1, keepdims=True))
    odds: Floats = powers / powers.sum(axis=1, keepdims=True)
    return odds


def fit(
    texts: Sequence[Counted],
    targets: Floats,
    weigh: Floats,
    names: Sequence[str],
    firmness: float,
    given: Floats | float = 0.0,
    biased: bool = True,
) -> Fit:
    """`targets` holds a row for each text that adds up to 1; `firmness` pulls weights to zero;
    `given` is what is known of each text and class before anything is learned; without `biased`
    no class is taken for more common than another."""
    counted, kinds = matrix(texts, names), targets.shape[1]

    def cost(flat: Floats) -> tuple[float, Floats]:
        weights, bias = _parts(flat, kinds)
        odds = softmax(counted @ weights + bias + given)
        missed = (odds - targets) * weigh[:, None]
        loss = -(weigh[:, None] * targets * np.log(odds + 1e-12)).sum()
        slope = counted.T @ missed + firmness * weights
        return (
            float(loss + firmness * (weights**2).sum() / 2),
            np.concatenate([slope.ravel(), missed.sum(axis=0) * biased]),
        )

    weights, bias = _parts(_least(cost, (len(names) + 1) * kinds), kinds)
    return Fit(list(names), weights, bias)


def fit_apart(
    texts: Sequence[Counted],
    targets: Floats,
    names: Sequence[str],
    firmness: float,
    given: Floats,
    freedom: Floats,
) -> Floats:
    """Yes or no for each column of `targets` by itself: weights by name and column. Each is held
    near zero the less firmly the more `freedom` it has."""
    counted, kinds = matrix(texts, names), targets.shape[1]

    def cost(flat: Floats) -> tuple[float, Floats]:
        held = flat.reshape(-1, kinds)
        said = counted @ (held * freedom) + given
        loss = (np.logaddexp(0, said) - targets * said).sum()
        slope = freedom * (counted.T @ (expit(said) - targets)) + firmness * held
        return float(loss + firmness * (held**2).sum() / 2), slope.ravel()

    return _least(cost, len(names) * kinds).reshape(-1, kinds) * freedom


def freedom(texts: Sequence[Counted], targets: Floats, names: Sequence[str]) -> Floats:
    """For each name and column, how freely it may weigh: by how differently the column's texts and
    all others hold it."""
    held = (matrix(texts, names) > 0).astype(float)
    inside, outside = held.T @ targets + SMOOTHING, held.T @ (1 - targets) + 5 * SMOOTHING
    apart = np.log(inside / inside.sum(axis=0)) - np.log(outside / outside.sum(axis=0))
    free: Floats = 1 + PARTING * (np.minimum(np.abs(apart), MOST_PARTING) - 1)
    return free


def _parts(flat: Floats, kinds: int) -> tuple[Floats, Floats]:
    return flat[:-kinds].reshape(-1, kinds), flat[-kinds:]


def _least(cost: Callable[[Floats], tuple[float, Floats]], size: int) -> Floats:
    found: Floats = minimize(
        cost, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": 200}
    ).x
    return found
