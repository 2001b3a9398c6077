"""A variation: an epoch as it would be with one of its parameters at other values."""

import numpy as np
from numpy.typing import ArrayLike

from playground.nn.keyframes import Frames
from playground.nn.recording import Recording


def variation(recording: Recording, epoch: int, parameter: int, values: ArrayLike) -> Frames:
    """A frame per value, all of this epoch, in which that parameter of the flat vector has the value.

    ValueError as for `Recording.state`; the recording is not changed.
    """
    trainer = recording.trainer(epoch)
    column = np.asarray(values, np.float64)
    parameters, losses = np.tile(trainer.parameters, (len(column), 1)), np.empty((len(column), 2))
    parameters[:, parameter] = column
    with np.errstate(all="ignore"):
        for k, trainer.parameters[:] in enumerate(parameters):
            losses[k] = trainer.examples.loss(), trainer.test_loss()
    return Frames(np.full(len(column), epoch), parameters, losses[:, 0], losses[:, 1])
