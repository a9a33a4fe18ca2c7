"""Student's t and the normal are as in the printed tables."""

from __future__ import annotations

from math import atan, inf, pi, sqrt, tan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.insight import normal_ppf, t_cdf, t_ppf
from bot.domain.insight.quantiles import incomplete_beta

#: Fisher and Yates' table III, as printed in every textbook: (df, P, t).
TABLE = [
    (1, 0.95, 6.314),
    (1, 0.975, 12.706),
    (1, 0.995, 63.657),
    (2, 0.975, 4.303),
    (3, 0.975, 3.182),
    (5, 0.90, 1.476),
    (8, 0.975, 2.306),
    (11, 0.975, 2.201),
    (15, 0.995, 2.947),
    (20, 0.80, 0.860),
    (30, 0.975, 2.042),
    (40, 0.9995, 3.551),
    (60, 0.95, 1.671),
    (120, 0.975, 1.980),
    (inf, 0.975, 1.960),
]

#: Quantiles at degrees of freedom between the whole ones and far out, from scipy.stats.t.ppf.
FURTHER = [
    (1.5, 0.975, 6.0166631044),
    (20.553865, 0.975, 2.0823658056),
    (2.5, 0.999, 13.8221931109),
    (461.338276, 0.8, 0.8424010541),
    (50_000, 0.975, 1.9600114311),
    (900_000, 0.95, 1.6448553200),
    (2_000_000, 0.95, 1.6448543888),
]

probabilities = st.floats(1e-6, 1 - 1e-6)
freedoms = st.floats(1, 1e5)


@pytest.mark.parametrize(("df", "p", "t"), TABLE)
def test_a_quantile_is_as_printed(df: float, p: float, t: float) -> None:
    assert t_ppf(p, df) == pytest.approx(t, abs=0.0005)


@pytest.mark.parametrize(("df", "p", "t"), FURTHER)
def test_a_quantile_is_good_to_a_millionth_and_better(df: float, p: float, t: float) -> None:
    assert t_ppf(p, df) == pytest.approx(t, abs=1e-7)


def test_the_normal_quantile_is_the_familiar_one() -> None:
    assert normal_ppf(0.975) == pytest.approx(1.959963984540054, abs=1e-9)
    assert t_ppf(0.975, inf) == normal_ppf(0.975)


@given(p=st.floats(0.001, 0.999))
def test_one_and_two_degrees_of_freedom_have_closed_forms(p: float) -> None:
    assert t_ppf(p, 1) == pytest.approx(tan(pi * (p - 0.5)), abs=1e-6)
    assert t_ppf(p, 2) == pytest.approx((2 * p - 1) / sqrt(2 * p * (1 - p)), abs=1e-6)


@given(t=st.floats(-1e9, 1e9))
def test_the_cauchy_distribution_is_one_degree_of_freedom(t: float) -> None:
    assert t_cdf(t, 1) == pytest.approx(0.5 + atan(t) / pi, abs=1e-9)


@given(p=probabilities, df=freedoms)
def test_the_distribution_undoes_its_quantile(p: float, df: float) -> None:
    assert t_cdf(t_ppf(p, df), df) == pytest.approx(p, abs=1e-9)


@given(p=probabilities, df=freedoms)
def test_the_two_tails_mirror_each_other(p: float, df: float) -> None:
    assert t_ppf(p, df) == pytest.approx(-t_ppf(1 - p, df), rel=1e-6, abs=1e-9)


@given(df=freedoms, more=st.floats(1.01, 10))
def test_more_freedom_means_a_nearer_quantile(df: float, more: float) -> None:
    assert normal_ppf(0.975) < t_ppf(0.975, df * more) < t_ppf(0.975, df)


@given(t=st.floats(-100, 100), step=st.floats(0, 10), df=st.floats(1, 1e7))
def test_the_distribution_never_falls(t: float, step: float, df: float) -> None:
    assert t_cdf(t, df) <= t_cdf(t + step, df) + 1e-9


def test_a_t_past_all_bounds_leaves_no_tail() -> None:
    assert t_cdf(1e200, 3) == 1
    assert t_cdf(-1e200, 3) == 0
    assert (incomplete_beta(2, 3, 0), incomplete_beta(2, 3, 1)) == (0, 1)


@pytest.mark.parametrize("p", [0, 1, -0.1, 1.5])
def test_a_probability_outside_its_range_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        normal_ppf(p)
    with pytest.raises(ValueError, match="between 0 and 1"):
        t_ppf(p, 5)


@pytest.mark.parametrize("df", [0.5, 0, -3, float("nan")])
def test_less_than_one_degree_of_freedom_is_refused(df: float) -> None:
    with pytest.raises(ValueError, match="start at 1"):
        t_cdf(0.3, df)
    with pytest.raises(ValueError, match="start at 1"):
        t_ppf(0.9, df)
