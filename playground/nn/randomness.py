"""Random numbers that are derived, never stored: any epoch can be drawn again."""

import numpy as np

from playground.nn.config import Config

INITIAL_WEIGHTS, SHUFFLE = range(2)       # purposes; a number once given stays, or old links change their runs


def generator(config: Config, purpose: int, epoch: int) -> np.random.Generator:
    """The stream of one purpose in one epoch of the run with the config's seed."""
    return np.random.default_rng([config.seed, purpose, epoch])
