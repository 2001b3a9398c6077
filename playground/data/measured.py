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

# Diameter in inches, height in feet, volume of timber in cubic feet.
TREES = (
    "8.3 70 10.3; 8.6 65 10.3; 8.8 63 10.2; 10.5 72 16.4; 10.7 81 18.8; 10.8 83 19.7; 11 66 15.6; 11 75 18.2; "
    "11.1 80 22.6; 11.2 75 19.9; 11.3 79 24.2; 11.4 76 21; 11.4 76 21.4; 11.7 69 21.3; 12 75 19.1; 12.9 74 22.2; "
    "12.9 85 33.8; 13.3 86 27.4; 13.7 71 25.7; 13.8 64 24.9; 14 78 34.5; 14.2 80 31.7; 14.5 74 36.3; 16 72 38.3; "
    "16.3 77 42.6; 17.3 81 55.4; 17.5 82 55.7; 17.9 80 58.3; 18 80 51.5; 18 80 51; 20.6 87 77"
)


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


def trees() -> Table:
    """Thirty-one felled black cherry trees; the diameter, which R calls girth, was measured 4.5 feet above the ground.

    Source: T. A. Ryan, B. L. Joiner, B. F. Ryan (1976), The Minitab Student Handbook, Duxbury Press.
    """
    columns = np.array([[*map(float, tree.split())] for tree in TREES.split("; ")])
    return Table(("diameter", "height"), "volume", (), ("",) * len(columns), columns[:, :2], columns[:, 2])
