"""Which of several answers goes together most with one of them: relative weights.

A matrix is square and symmetric, with ones in its diagonal; its first row is the answer that the
others are weighed for. Nothing here needs a ballot.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import copysign, hypot, sqrt
from random import Random
from typing import Final

Row = list[float]
Matrix = Sequence[Sequence[float]]

#: Rounded correlations may belong to no company at all; the nearest that do have no eigenvalue
#: below this.
SMALLEST: Final = 0.01
SWEEPS: Final = 50
CLOSE: Final = 1e-20


def eigen(matrix: Matrix) -> tuple[Row, list[Row]]:
    """Eigenvalues and, as columns in the same order, eigenvectors of a symmetric matrix.

    Jacobi's rotations (1846), row by row until nothing is left beside the diagonal.
    """
    a, size = [list(row) for row in matrix], len(matrix)
    vectors = [[float(i == j) for j in range(size)] for i in range(size)]
    for _ in range(SWEEPS):
        if sum(a[p][q] ** 2 for p in range(size) for q in range(p)) < CLOSE:
            break
        for p in range(size):
            for q in range(p + 1, size):
                _rotate(a, vectors, p, q)
    return [a[i][i] for i in range(size)], vectors


def _rotate(a: list[Row], vectors: list[Row], p: int, q: int) -> None:
    """Turn p and q so that nothing is left between them."""
    if abs(a[p][q]) < CLOSE:
        return
    lean = (a[q][q] - a[p][p]) / (2 * a[p][q])
    tan = copysign(1 / (abs(lean) + hypot(lean, 1)), lean)
    cos = 1 / hypot(tan, 1)
    sin = tan * cos
    for row in (*a, *vectors):
        row[p], row[q] = cos * row[p] - sin * row[q], sin * row[p] + cos * row[q]
    up, down = a[p], a[q]
    a[p] = [cos * x - sin * y for x, y in zip(up, down, strict=True)]
    a[q] = [sin * x + cos * y for x, y in zip(up, down, strict=True)]


def relative_weights(matrix: Matrix) -> list[float]:
    """The share of each answer but the first in what they explain of the first; they sum to 1.

    Johnson (2000), "A heuristic method for estimating the relative weight of predictor variables".
    All are 0 where nothing is explained.
    """
    target = matrix[0][1:]
    values, vectors = eigen([row[1:] for row in matrix[1:]])
    lengths = [sqrt(max(value, SMALLEST)) for value in values]
    loadings = _put_together(vectors, lengths)
    inverse = _put_together(vectors, [1 / length for length in lengths])
    explained = [_dot(row, target) ** 2 for row in inverse]
    raw = [sum(x * x * e for x, e in zip(row, explained, strict=True)) for row in loadings]
    total = sum(raw)
    return [weight / total if total else 0.0 for weight in raw]


def times_first(matrix: Matrix, n: int, blur: float, draws: int, seed: int) -> list[int]:
    """In how many of so many companies of `n` drawn from this matrix each weighs most.

    A parametric bootstrap. The matrix was rounded by up to `blur` either way, so each company has
    one of its own within that. Its sample is drawn by Bartlett's decomposition (1933) of the
    Wishart distribution, so that neither time nor memory grows with `n`.
    """
    random = Random(seed)
    first = Counter(
        _heaviest(_sample(_blurred(matrix, blur, random), n, random)) for _ in range(draws)
    )
    return [first[place] for place in range(len(matrix) - 1)]


def _heaviest(matrix: Matrix) -> int:
    weights = relative_weights(matrix)
    return weights.index(max(weights))


def _blurred(matrix: Matrix, blur: float, random: Random) -> list[Row]:
    found = [list(row) for row in matrix]
    for i in range(len(found)):
        for j in range(i):
            found[i][j] = found[j][i] = found[i][j] + random.uniform(-blur, blur)
    return found


def _sample(matrix: Matrix, n: int, random: Random) -> list[Row]:
    """The correlations of `n` people out of a company that has these."""
    values, vectors = eigen(matrix)
    lengths = [sqrt(max(value, SMALLEST)) for value in values]
    columns = list(zip(*_bartlett(len(matrix), n, random), strict=True))
    scaled = [[x * s for x, s in zip(row, lengths, strict=True)] for row in vectors]
    return _correlations([[_dot(row, column) for column in columns] for row in scaled])


def _bartlett(size: int, n: int, random: Random) -> list[Row]:
    return [
        [random.gauss(0, 1) for _ in range(i)]
        + [sqrt(random.gammavariate((n - 1 - i) / 2, 2))]
        + [0.0] * (size - 1 - i)
        for i in range(size)
    ]


def _correlations(factor: list[Row]) -> list[Row]:
    """Of the rows of a factor, whose product with itself is their covariance."""
    unit = [[x / hypot(*row) for x in row] for row in factor]
    return [[_dot(one, other) for other in unit] for one in unit]


def _put_together(vectors: list[Row], values: Row) -> list[Row]:
    scaled = [[x * value for x, value in zip(row, values, strict=True)] for row in vectors]
    return [[_dot(one, other) for other in vectors] for one in scaled]


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(map(float.__mul__, one, other))
