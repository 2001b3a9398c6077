"""A variation: each frame is that of a run that was given those parameters."""

import numpy as np
import pytest

from playground.nn import Config, Dataset, Recording, variation

RNG = np.random.default_rng(5)
DATA = Dataset(RNG.normal(size=(12, 2)), RNG.integers(0, 2, 12).astype(float))
TEST = Dataset(RNG.normal(size=(5, 2)), RNG.integers(0, 2, 5).astype(float))


@pytest.mark.parametrize("batch_size", [5, 12])
def test_a_variation_has_the_losses_of_runs_that_begin_with_these_parameters(batch_size):
    config = Config((3,), "tanh", loss="binary_cross_entropy", batch_size=batch_size, l2=0.1)
    recording = Recording(config, DATA, TEST)
    before = recording.frames(range(20)).parameters
    values = [-2.0, 0.0, 0.5, 700.0]
    varied = variation(recording, 7, 5, values)
    assert varied.epochs.tolist() == [7] * 4
    assert varied.parameters[:, 5].tolist() == values
    assert (np.delete(varied.parameters, 5, axis=1) == np.delete(before[7], 5)).all()
    for k, row in enumerate(varied.parameters):
        fresh = recording.branch(0, config, row).frames([0])
        assert (varied.train_loss[k], varied.test_loss[k]) == (fresh.train_loss[0], fresh.test_loss[0])
    assert recording.frames(range(20)).parameters.tobytes() == before.tobytes(), "the recording is as it was"


def test_a_value_that_overflows_has_no_finite_loss_and_raises_no_warning():
    config = Config((2,), "relu", "linear", batch_size=12)
    varied = variation(Recording(config, DATA), 0, 0, [1.0, 1e300])
    assert np.isfinite(varied.train_loss).tolist() == [True, False]


def test_an_epoch_after_a_divergence_cannot_be_varied():
    recording = Recording(Config((2,), "relu", "linear", learning_rate=1e6), DATA)
    recording.advance(100)
    with pytest.raises(ValueError, match="diverged"):
        variation(recording, 90, 0, [1.0])
