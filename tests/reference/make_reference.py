"""Reference values for the statistics of careo: writes every JSON file of this folder."""

import csv
import json
import math
import warnings
from pathlib import Path

import numpy as np
from scipy.optimize import brentq
from scipy.stats import binomtest, bootstrap, norm, permutation_test, ttest_ind
from sklearn import metrics
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

warnings.filterwarnings("ignore")
HERE = Path(__file__).parent
FIXTURES = HERE.parent / "fixtures"
CASES = [
    "nba/predictions.csv",
    "nba/baselines/C10/predictions.csv",
    "sklearn/digits-10/predictions.csv",
    "sklearn/breast-cancer-2/predictions.csv",
    "sklearn/breast-cancer-2-int/predictions.csv",
    "sklearn/dummy-most-frequent-2/predictions.csv",
    "sklearn/site-packages-lines-1000/predictions.csv",
]


def number(value):
    value = float(value)
    return None if math.isnan(value) else value


def measures(path):
    with open(FIXTURES / path, encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    actual, predicted = [row[0] for row in rows], [row[1] for row in rows]
    labels = sorted(set(actual) | set(predicted))
    score = lambda average: metrics.precision_recall_fscore_support(
        actual, predicted, labels=labels, average=average, zero_division=np.nan
    )
    precision, recall, f1, support = score(None)
    named = lambda values: dict(zip(["precision", "recall", "f1"], map(number, values[:3])))
    classes = [
        dict(label=label, precision=number(p), recall=number(r), f1=number(f), support=int(s))
        for label, p, r, f, s in zip(labels, precision, recall, f1, support)
    ]
    return dict(
        case=path,
        # Every class of a few; of many, every 50th.
        classes=classes[:: 1 if len(classes) <= 10 else 50],
        accuracy=metrics.accuracy_score(actual, predicted),
        macro=named(score("macro")),
        weighted=named(score("weighted")),
        balanced_accuracy=metrics.balanced_accuracy_score(actual, predicted),
        cohen_kappa=number(metrics.cohen_kappa_score(actual, predicted)),
        # scikit-learn says 0 where it is undefined; careo leaves it open.
        mcc=metrics.matthews_corrcoef(actual, predicted) if len(set(predicted)) > 1 else None,
    )


def tango(lost, won, n, confidence=0.95):
    """Tango 1998 by its definition: the nuisance parameter by maximising the likelihood
    numerically (no closed form), the limits by root finding."""
    z = norm.ppf(1 - (1 - confidence) / 2)

    def score(delta):
        # p21 = P(right before, wrong now) = q; p12 = q + delta.
        lower, upper = max(0.0, -delta), (1.0 - delta) / 2.0
        rest = n - lost - won

        def slope(q):
            value = -2.0 * rest / (1.0 - 2.0 * q - delta) if rest else 0.0
            value += won / (q + delta) if won else 0.0
            return value + (lost / q if lost else 0.0)

        inside = 1e-15 * max(1.0, upper)
        low, high = lower + inside, upper - inside
        if high <= low:
            q = lower
        elif slope(low) <= 0.0:
            q = lower
        elif slope(high) >= 0.0:
            q = upper
        else:
            q = brentq(slope, low, high, xtol=1e-16, rtol=1e-15, maxiter=500)
        variance = n * (2.0 * q + delta * (1.0 - delta))
        difference = won - lost - n * delta
        return difference / math.sqrt(variance) if variance > 0 else math.copysign(1e9, difference)

    centre = (won - lost) / n
    eps = 1e-12
    find = lambda target, low, high: brentq(
        lambda delta: score(delta) - target, low, high, xtol=1e-14, rtol=1e-14, maxiter=500
    )
    low = -1.0 if lost == n else find(z, -1.0 + eps, centre - eps)
    high = 1.0 if won == n else find(-z, centre + eps, 1.0 - eps)
    return low, high


PAIRS = [
    (8, 2, 176), (2, 8, 176), (0, 0, 50), (5, 5, 100), (0, 3, 20), (12, 1, 40), (1, 9, 10),
    (0, 10, 10), (10, 0, 10), (40, 60, 1000), (150, 100, 5000), (5210, 5000, 100000),
]
LARGE = [(501000, 500000), (3, 80), (0, 1000), (123456, 123000)]

def measure(family, average, zero):
    """A measure of actual and predicted labels by scikit-learn; averages are over the labels that
    occur on either side, as its own default has it."""
    if family == "balanced_accuracy":
        return metrics.balanced_accuracy_score
    if family == "kappa":
        # Undefined where only one class occurs; careo's resamples need a number.
        return lambda actual, said: np.nan_to_num(metrics.cohen_kappa_score(actual, said))
    if family == "mcc":
        return metrics.matthews_corrcoef
    score = {
        "precision": metrics.precision_score,
        "recall": metrics.recall_score,
        "f1": metrics.f1_score,
    }[family]
    chosen = dict(labels=[average], average="macro") if isinstance(average, int) else dict(average=average)
    return lambda actual, said: score(actual, said, zero_division=zero, **chosen)


MEASURES = [("precision", "macro"), ("recall", "macro"), ("f1", "macro"), ("f1", "weighted")]
MEASURES += [("precision", 0), ("recall", 0), ("f1", 0)]
MEASURES += [(name, None) for name in ("balanced_accuracy", "kappa", "mcc")]


def answers(rng, n, n_classes, before, now, alike=0.5):
    """Actual classes, and the answers of two models that are right so often; the second gives the
    first one's answer with probability `alike`."""
    actual = rng.integers(0, n_classes, n)
    say = lambda right: np.where(
        rng.random(n) < right, actual, (actual + rng.integers(1, n_classes, n)) % n_classes
    )
    first = say(before)
    second = np.where(rng.random(n) < alike, first, say(now))
    return actual, first, second


def resampled_measures(rng):
    cases = []
    for n, n_classes in [(4, 3), (6, 4), (12, 5), (40, 3), (300, 4)]:
        actual, said, _ = answers(rng, n, n_classes, 0.6, 0.6)
        # A class that never occurs, and one that is never said.
        actual = np.where(actual == 1, 0, actual)
        said = np.where(said == 2, 0, said)
        for family, average in MEASURES:
            values = [measure(family, average, zero)(actual, said) for zero in (0, np.nan)]
            if isinstance(average, int) and math.isnan(values[1]):
                continue
            case = dict(family=family, average=average, zero=values[0], left_out=number(values[1]))
            cases.append(dict(actual=actual.tolist(), said=said.tolist(), n_classes=n_classes, **case))
    return cases


def permutations(rng):
    cases = []
    for n, n_classes, before, now, draws in [
        (10, 2, 0.4, 0.9, None), (11, 3, 0.5, 0.8, None), (10, 4, 0.3, 0.8, None),
        (150, 3, 0.6, 0.75, 4000), (400, 5, 0.6, 0.65, 4000),
    ]:
        actual, first, second = answers(rng, n, n_classes, before, now)
        for family, average in MEASURES:
            of = checked(family, average, n_classes, actual, second)
            # Swapping the answers of a sample: its class stays.
            statistic = lambda a, b, axis=-1: of(actual, b) - of(actual, a)
            tested = permutation_test(
                (first, second), statistic, permutation_type="samples", vectorized=True,
                n_resamples=np.inf if draws is None else draws, batch=500, rng=rng,
            )
            cases.append(dict(
                actual=actual.tolist(), before=first.tolist(), now=second.tolist(),
                n_classes=n_classes, family=family, average=average, draws=draws, p=tested.pvalue,
            ))
    return cases


def fast(family, average, n_classes):
    """The same measures over the last axis, for resampling; checked against scikit-learn's."""
    def sums(actual, said):
        actual, said = np.broadcast_arrays(actual, said)
        classes = np.arange(n_classes).reshape((-1,) + (1,) * actual.ndim)
        was, called = actual == classes, said == classes
        return was.sum(-1), called.sum(-1), (was & called).sum(-1)

    def of(actual, said):
        was, called, hits = sums(actual, said)
        over = lambda part, whole: np.where(whole > 0, part / np.maximum(whole, 1), 0.0)
        n = said.shape[-1]
        if family == "kappa":
            expected = (was * called).sum(0) / n
            return over(hits.sum(0) - expected, n - expected)
        if family == "mcc":
            covariance = hits.sum(0) * n - (was * called).sum(0)
            spread = (n * n - (was**2).sum(0)) * (n * n - (called**2).sum(0))
            return np.where(spread > 0, covariance / np.sqrt(np.maximum(spread, 1)), 0.0)
        values = {
            "precision": over(hits, called),
            "recall": over(hits, was),
            "balanced_accuracy": over(hits, was),
            "f1": over(2 * hits, was + called),
        }[family]
        if isinstance(average, int):
            return values[average]
        if average == "weighted":
            return (values * was).sum(0) / n
        there = was > 0 if family == "balanced_accuracy" else was + called > 0
        return (values * there).sum(0) / there.sum(0)

    return of


def checked(family, average, n_classes, actual, said):
    of, exact = fast(family, average, n_classes), measure(family, average, 0)
    assert abs(of(actual, said) - exact(actual, said)) < 1e-12, (family, average)
    return of


# What other levels than 95 % are tried with.
LEVELLED = [("f1", "macro"), ("recall", 0), ("mcc", None)]
# As many times each interval is resampled, for the error of its limits.
RUNS = 6


def bca(rng):
    cases = []
    for n, n_classes, before, now, paired, confidence in [
        (80, 2, 0.6, 0.8, True, 0.95), (200, 5, 0.6, 0.7, True, 0.95),
        (150, 3, 0.6, 0.75, False, 0.95), (200, 3, 0.6, 0.7, True, 0.9),
        (200, 3, 0.6, 0.7, True, 0.99), (150, 3, 0.6, 0.75, False, 0.9),
        (150, 3, 0.6, 0.75, False, 0.99),
    ]:
        actual, first, second = answers(rng, n, n_classes, before, now)
        for family, average in MEASURES if confidence == 0.95 else LEVELLED:
            of = checked(family, average, n_classes, actual, first)
            if paired:
                data = (actual, first, second)
                statistic = lambda a, b, c, axis=-1: of(a, c) - of(a, b)
            else:
                data = (actual * n_classes + first, actual * n_classes + second)
                part = lambda code: of(code // n_classes, code % n_classes)
                statistic = lambda b, c, axis=-1: part(c) - part(b)
            limits = []
            for _ in range(RUNS):
                found = bootstrap(
                    data, statistic, paired=paired, vectorized=True, n_resamples=10_000,
                    method="BCa", batch=1000, rng=rng, confidence_level=confidence,
                ).confidence_interval
                limits.append((found.low, found.high))
            limits = np.array(limits)
            cases.append(dict(
                actual=actual.tolist(), before=first.tolist(), now=second.tolist(),
                n_classes=n_classes, family=family, average=average, paired=paired,
                confidence=confidence, limits=limits.mean(0).tolist(), deviations=limits.std(0, ddof=1).tolist(),
            ))
    return cases


def shares():
    cases = []
    for (a, n), (b, m) in [
        ((87, 176), (93, 176)), ((0, 10), (0, 10)), ((10, 10), (3, 10)), ((1, 1), (0, 1)),
        ((56, 70), (48, 80)), ((5000, 100000), (5100, 100000)), ((0, 30), (7, 30)),
    ]:
        for confidence in (0.95, 0.9, 0.99):
            alpha = 1 - confidence
            cases.append(dict(
                now=[a, n], before=[b, m], confidence=confidence,
                wilson=proportion_confint(a, n, alpha=alpha, method="wilson"),
                newcombe=confint_proportions_2indep(
                    a, n, b, m, compare="diff", method="newcomb", alpha=alpha
                ),
            ))
    return cases


def welch(rng):
    cases = []
    samples = [
        ([0.81, 0.82, 0.80], [0.79, 0.78, 0.80]), ([4.1, 4.3], [3.9, 4.0]),
        ([1.0, 1.0, 1.0], [1.1, 1.2, 0.9]),
        (rng.normal(0.8, 0.01, 5).tolist(), rng.normal(0.79, 0.03, 8).tolist()),
        (rng.normal(5, 1, 40).tolist(), rng.normal(3, 0.2, 3).tolist()),
        (rng.normal(0, 1, 500).tolist(), rng.normal(0, 2, 400).tolist()),
    ]
    for now, before in samples:
        for confidence in (0.95, 0.9, 0.99):
            tested = ttest_ind(now, before, equal_var=False)
            interval = tested.confidence_interval(confidence)
            cases.append(dict(
                now=now, before=before, confidence=confidence, p=tested.pvalue,
                interval=[interval.low, interval.high],
            ))
    return cases


def holm(rng):
    lists = [[0.01, 0.04, 0.03], [0.5, 0.6], [0.02], [0.04, 0.01, 0.01, 0.9]]
    lists += [rng.random(8).tolist()]
    return [dict(p=p, corrected=multipletests(p, method="holm")[1].tolist()) for p in lists]


if __name__ == "__main__":
    # Each file from its own start: one can be written without the others.
    rng = lambda: np.random.default_rng(20261129)
    write = lambda name, value: (HERE / name).write_text(json.dumps(value, indent=1) + "\n")
    rows = lambda name, values: (HERE / name).write_text(
        "[\n" + ",\n".join(json.dumps(value) for value in values) + "\n]\n"
    )
    write("measures.json", [measures(path) for path in CASES])
    p = lambda lost, won: binomtest(lost, lost + won, 0.5).pvalue if lost + won else 1.0
    for lost, won, _ in PAIRS:
        other = mcnemar([[0, lost], [won, 0]], exact=True).pvalue if lost + won else 1.0
        assert abs(other - p(lost, won)) < 1e-9
    cases = [
        dict(lost=lost, won=won, n=n, p=p(lost, won), interval=tango(lost, won, n))
        for lost, won, n in PAIRS
    ]
    cases += [
        dict(
            lost=lost, won=won, n=n, p=p(lost, won), confidence=confidence,
            interval=tango(lost, won, n, confidence),
        )
        for lost, won, n in PAIRS for confidence in (0.9, 0.99)
    ]
    cases += [dict(lost=lost, won=won, n=lost + won, p=p(lost, won)) for lost, won in LARGE]
    write("mcnemar.json", cases)
    rows("shares.json", shares())
    rows("welch.json", welch(rng()))
    rows("holm.json", holm(rng()))
    rows("resampled_measures.json", resampled_measures(rng()))
    rows("permutation.json", permutations(rng()))
    rows("bca.json", bca(rng()))
