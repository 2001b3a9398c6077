"""A split of the rows of a table into those a network is trained on and those it is tested on."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

PURPOSE = int.from_bytes(b"splt")                                   # parts this randomness from other uses of the seed


def split(y: ArrayLike, train_share: float, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Labels y (n,) and a share in percent -> (train rows, test rows), each ascending so that the row order is kept.

    Each class is divided in the same proportion, to within a row. Both parts get at least one row, but a share of 100
    (or a single row) leaves none for testing. A larger share only adds training rows: those of a smaller one stay.
    ValueError unless 0 < train_share <= 100.
    """
    if not 0 < train_share <= 100:
        raise ValueError(f"The share of training data must be more than 0 and at most 100 percent, not {train_share}.")
    labels = np.asarray(y)                                          # (n,)
    n = len(labels)
    most = n if train_share == 100 else max(n - 1, 1)
    n_train = min(max(round(n * train_share / 100), 1), most)

    # Rank each row within its class from 0 to 1; the lowest ranks train, ties broken by the shuffle.
    shuffled = np.random.default_rng([seed, PURPOSE]).permutation(n)
    rank = np.empty(n)
    for label in np.unique(labels):
        members = shuffled[labels[shuffled] == label]
        rank[members] = (np.arange(len(members)) + 0.5) / len(members)
    by_rank = shuffled[np.argsort(rank[shuffled], kind="stable")]
    return np.sort(by_rank[:n_train]), np.sort(by_rank[n_train:])
