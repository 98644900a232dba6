"""How long SciPy takes for what benches/evidence.rs measures: bca.py FOLDER [RUNS].

FOLDER is what `cargo bench --no-default-features --bench evidence -- FOLDER` wrote. Prints the
median of the processor time in milliseconds, the interval, and SciPy's version.
"""

import csv
import sys
import time
from pathlib import Path

import numpy as np
import scipy
from scipy.stats import bootstrap

CLASSES = [f"class{idx}" for idx in range(5)]


def read(folder):
    with open(folder / "predictions.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))[1:]
    return np.array([[CLASSES.index(label) for label in row] for row in rows]).T


def macro_f1(actual, said, axis):
    total = 0
    for label in range(len(CLASSES)):
        was, called = actual == label, said == label
        hits = np.sum(was & called, axis=axis)
        total = total + 2 * hits / (np.sum(was, axis=axis) + np.sum(called, axis=axis))
    return total / len(CLASSES)


def difference(actual, before, now, axis=-1):
    return macro_f1(actual, now, axis) - macro_f1(actual, before, axis)


folder, runs = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
(actual, before), (_, now) = read(folder / "main"), read(folder)
times = []
for _ in range(runs):
    start = time.process_time()
    found = bootstrap(
        (actual, before, now), difference, paired=True, vectorized=True, n_resamples=10_000,
        method="BCa", batch=200, rng=np.random.default_rng(1),
    )
    times.append(time.process_time() - start)
low, high = found.confidence_interval
print(f"{sorted(times)[runs // 2] * 1000:.0f} ms, {low:.6f} to {high:.6f}, SciPy {scipy.__version__}")
