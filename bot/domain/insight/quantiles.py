"""The normal and Student's t distribution: the only tables the statistics need.

Probabilities lie strictly between 0 and 1, degrees of freedom are real and at least 1.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, lgamma, log, log1p, pi
from statistics import NormalDist

STANDARD_NORMAL = NormalDist()

#: From here on t is a normal with one correction term; both then agree to better than 1e-6.
NEARLY_NORMAL = 1e6

TINY = 1e-300


@lru_cache(maxsize=256)
def normal_ppf(p: float) -> float:
    """The standard normal quantile (Wichura, 1988, AS 241, as in the standard library).

    0.975 gives 1.959964. Raises ValueError unless 0 < p < 1.
    """
    return STANDARD_NORMAL.inv_cdf(_probability(p))


def t_cdf(t: float, df: float) -> float:
    """P(T <= t) for Student's t with `df` degrees of freedom, good to 1e-6 and better.

    1 - I_x(df/2, 1/2)/2 with x = df/(df + t^2) for t >= 0 (Abramowitz and Stegun, 1964, ch. 26);
    `df` may be infinite, which is the normal. Raises ValueError where df < 1.
    """
    upper = _tail(abs(t), _freedom(df))
    return 1.0 - upper if t >= 0 else upper


@lru_cache(maxsize=4096)
def t_ppf(p: float, df: float) -> float:
    """The quantile of Student's t with real `df` >= 1, good to 1e-6 and better.

    Newton's method on the tail, kept inside a bracket by bisection; past a million degrees of
    freedom Fisher and Cornish's expansion (1960), z + (z^3 + z)/(4 df). 0.975 at 11 gives 2.200985.
    Raises ValueError unless 0 < p < 1 and df >= 1.
    """
    _probability(p)
    if _freedom(df) > NEARLY_NORMAL:
        z = normal_ppf(p)
        return z + (z**3 + z) / (4 * df)
    size = _solve(min(p, 1 - p), df)
    return size if p > 0.5 else -size


def incomplete_beta(a: float, b: float, x: float) -> float:
    """The regularised incomplete beta function I_x(a, b), a share between 0 and 1.

    x^a (1-x)^b / (a B(a, b)) times a continued fraction (Abramowitz and Stegun, 1964, 26.5.8, by
    the method of Lentz, 1976), on the side of the mean where it converges fast. `a` and `b` are
    positive, 0 <= x <= 1.
    """
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log1p(-x))
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(a, b, x) / a
    return 1.0 - front * _fraction(b, a, 1 - x) / b


def _fraction(a: float, b: float, x: float) -> float:
    """Lentz's evaluation from the front: c and d are the ratios of neighbouring convergents."""
    c, d = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    total = d
    for m in range(1, 10_000):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for term in (even, odd):
            c, d = _off_zero(1 + term / c), 1 / _off_zero(1 + term * d)
            total *= c * d
        if abs(c * d - 1) < 1e-15:
            break
    return total


def _off_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY


def _tail(t: float, df: float) -> float:
    """P(T > t) for t >= 0."""
    if df > NEARLY_NORMAL:
        return STANDARD_NORMAL.cdf(-t)
    if t > 1e150:  # Its square is past the largest float, and no tail is left out there.
        return 0.0
    if t < 1:  # Near the middle the other end of the integral loses no digits.
        return 0.5 - incomplete_beta(0.5, df / 2, t * t / (df + t * t)) / 2
    return incomplete_beta(df / 2, 0.5, df / (df + t * t)) / 2


def _density(t: float, df: float) -> float:
    scale = lgamma((df + 1) / 2) - lgamma(df / 2) - log(df * pi) / 2
    return exp(scale - (df + 1) / 2 * log1p(t * t / df))


def _solve(tail: float, df: float) -> float:
    """The t >= 0 above which `tail` of the distribution lies."""
    low, high = 0.0, 1.0
    while _tail(high, df) > tail:
        low, high = high, 2 * high
    t = low
    for _ in range(200):
        excess = _tail(t, df) - tail
        low, high = (t, high) if excess > 0 else (low, t)
        newton = t + excess / max(_density(t, df), TINY)
        t, last = (newton if low <= newton <= high else (low + high) / 2), t
        if abs(t - last) <= 1e-13 * t:
            break
    return t


def _probability(p: float) -> float:
    if not 0 < p < 1:
        raise ValueError(f"a probability lies between 0 and 1, and {p!r} does not")
    return p


def _freedom(df: float) -> float:
    if not df >= 1:
        raise ValueError(f"degrees of freedom start at 1, and {df!r} is less")
    return df
