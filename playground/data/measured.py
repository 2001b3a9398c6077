"""Measured data: what somebody found out with a ruler, typed here as it was published."""

from __future__ import annotations

import numpy as np

from playground.data.table import Table

# Petal length and width in centimetres.
PETALS = {
    "setosa": (
        "1.4 0.2; 1.4 0.2; 1.3 0.2; 1.5 0.2; 1.4 0.2; 1.7 0.4; 1.4 0.3; 1.5 0.2; 1.4 0.2; 1.5 0.1; 1.5 0.2; "
        "1.6 0.2; 1.4 0.1; 1.1 0.1; 1.2 0.2; 1.5 0.4; 1.3 0.4; 1.4 0.3; 1.7 0.3; 1.5 0.3; 1.7 0.2; 1.5 0.4; "
        "1 0.2; 1.7 0.5; 1.9 0.2; 1.6 0.2; 1.6 0.4; 1.5 0.2; 1.4 0.2; 1.6 0.2; 1.6 0.2; 1.5 0.4; 1.5 0.1; "
        "1.4 0.2; 1.5 0.1; 1.2 0.2; 1.3 0.2; 1.5 0.1; 1.3 0.2; 1.5 0.2; 1.3 0.3; 1.3 0.3; 1.3 0.2; 1.6 0.6; "
        "1.9 0.4; 1.4 0.3; 1.6 0.2; 1.4 0.2; 1.5 0.2; 1.4 0.2"
    ),
    "versicolor": (
        "4.7 1.4; 4.5 1.5; 4.9 1.5; 4 1.3; 4.6 1.5; 4.5 1.3; 4.7 1.6; 3.3 1; 4.6 1.3; 3.9 1.4; 3.5 1; "
        "4.2 1.5; 4 1; 4.7 1.4; 3.6 1.3; 4.4 1.4; 4.5 1.5; 4.1 1; 4.5 1.5; 3.9 1.1; 4.8 1.8; 4 1.3; 4.9 1.5; "
        "4.7 1.2; 4.3 1.3; 4.4 1.4; 4.8 1.4; 5 1.7; 4.5 1.5; 3.5 1; 3.8 1.1; 3.7 1; 3.9 1.2; 5.1 1.6; "
        "4.5 1.5; 4.5 1.6; 4.7 1.5; 4.4 1.3; 4.1 1.3; 4 1.3; 4.4 1.2; 4.6 1.4; 4 1.2; 3.3 1; 4.2 1.3; "
        "4.2 1.2; 4.2 1.3; 4.3 1.3; 3 1.1; 4.1 1.3"
    ),
    "virginica": (
        "6 2.5; 5.1 1.9; 5.9 2.1; 5.6 1.8; 5.8 2.2; 6.6 2.1; 4.5 1.7; 6.3 1.8; 5.8 1.8; 6.1 2.5; 5.1 2; "
        "5.3 1.9; 5.5 2.1; 5 2; 5.1 2.4; 5.3 2.3; 5.5 1.8; 6.7 2.2; 6.9 2.3; 5 1.5; 5.7 2.3; 4.9 2; 6.7 2; "
        "4.9 1.8; 5.7 2.1; 6 1.8; 4.8 1.8; 4.9 1.8; 5.6 2.1; 5.8 1.6; 6.1 1.9; 6.4 2; 5.6 2.2; 5.1 1.5; "
        "5.6 1.4; 6.1 2.3; 5.6 2.4; 5.5 1.8; 4.8 1.8; 5.4 2.1; 5.6 2.4; 5.1 2.3; 5.1 1.9; 5.9 2.3; 5.7 2.5; "
        "5.2 2.3; 5 1.9; 5.2 2; 5.4 2.3; 5.1 1.8"
    ),
}


def iris() -> Table:
    """Fifty flowers of each of three species of iris.

    Source: E. Anderson (1935), The irises of the Gaspé Peninsula; R. A. Fisher (1936), The use of multiple measurements
    in taxonomic problems, Annals of Eugenics 7, 179-188.
    """
    flowers = [(*map(float, flower.split()), label)
               for label, measured in enumerate(PETALS.values()) for flower in measured.split("; ")]
    columns = np.array(flowers)
    return Table(("petal length", "petal width"), "species", tuple(PETALS), ("",) * len(flowers), columns[:, :2],
                 columns[:, 2])
