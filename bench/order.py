"""SciPy's order of classes by similarity, as docs/confusion.md defines it: order.py FILE…

Average linkage and the optimal leaf ordering of its tree, in processor time, the median of 3.
"""

import json
import sys
import time

import numpy as np
import scipy
from scipy.cluster.hierarchy import linkage, optimal_leaf_ordering
from scipy.spatial.distance import squareform

print(scipy.__version__)
for path in sys.argv[1:]:
    counts = np.array(json.load(open(path))["confusion_matrix"], float)
    times = []
    for _ in range(3):
        start = time.process_time()
        totals = counts.sum(axis=1)
        distance = 1 - (counts + counts.T) / (totals[:, None] + totals[None, :])
        np.fill_diagonal(distance, 0)
        condensed = squareform(distance, checks=False)
        optimal_leaf_ordering(linkage(condensed, "average"), condensed)
        times.append(time.process_time() - start)
    print(sorted(times)[1] * 1000)
