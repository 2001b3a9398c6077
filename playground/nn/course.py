"""A course: what a viewer decided about a run, by epoch. With the data it determines every number of the run."""

from __future__ import annotations

from dataclasses import asdict
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.nn.config import CHANGEABLE, Config

Array = NDArray[np.float64]


class Course(NamedTuple):
    """`configs`: which one trains from which epoch on. `given`: parameters (P,) that an epoch was given, in place of
    trained ones. Both begin with epoch 0.
    """

    configs: dict[int, Config]
    given: dict[int, Array]

    def config_until(self, epoch: int) -> Config:
        """The config that trained up to `epoch`."""
        return [self.configs[0], *(config for first, config in self.configs.items() if first < epoch)][-1]

    def given_length(self, epoch: int) -> float:
        """The length of the parameter vector that was given last, `epoch` included: what has grown, grew from there."""
        given = [parameters for at, parameters in self.given.items() if at <= epoch][-1]
        return float(np.linalg.norm(given))

    def followed_by(self, course: Course | None) -> Course:
        """This beginning with another course, which may give other parameters, also at epoch 0.

        Raises ValueError as `branch` does, and if the configs of a course do not begin with epoch 0 or increase.
        """
        if course is None:
            return self
        whole = self
        if next(iter(course.configs), None) != 0:
            raise ValueError("the configs of a course begin with epoch 0.")
        for epoch in sorted({*course.configs, *course.given}):
            config = course.configs.get(epoch, whole.config_until(epoch))
            whole = whole.branch(epoch, config, course.given.get(epoch))
        return whole

    def branch(self, epoch: int, config: Config, parameters: ArrayLike | None) -> Course:
        """The same up to `epoch`; from there on another config, and other parameters where some are given.

        Raises ValueError for a change that is not CHANGEABLE, and for parameters that are not P finite numbers.
        """
        latest = asdict(list(self.configs.values())[-1])
        changed = {field for field, value in asdict(config).items() if value != latest[field]}
        if fixed := sorted(changed - CHANGEABLE):
            raise ValueError(f"{', '.join(fixed)} cannot change half way: start a new recording.")
        configs = {first: earlier for first, earlier in self.configs.items() if first < epoch}
        given = {at: earlier for at, earlier in self.given.items() if at <= epoch}
        if parameters is not None:
            given[epoch] = _checked(parameters, len(self.given[0]))
        return Course(configs | {epoch: config}, given)


def _checked(parameters: ArrayLike, count: int) -> Array:
    try:
        checked = np.array(parameters, np.float64)
    except (TypeError, ValueError) as error:
        raise ValueError(f"parameters must be a list of numbers: {error}.") from error
    if checked.shape != (count,):
        raise ValueError(f"parameters must be a list of {count} numbers, not an array of shape {checked.shape}.")
    if not np.isfinite(checked).all():
        wrong = int(np.argmin(np.isfinite(checked)))
        raise ValueError(f"parameters must be finite, but number {wrong} is {checked[wrong]}.")
    return checked
