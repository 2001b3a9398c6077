"""Each generated data set is solved by a configuration that the page offers."""

from itertools import islice

import pytest

from playground.app.controls import MOST_LAYERS, MOST_NEURONS, RATES
from playground.data import DATASETS, targets, threshold
from playground.nn import Config, Dataset, predict, train

SOLVED_BY = {                                                           # data set: its configuration, enough epochs
    "circle": (Config((4,), "tanh", "tanh", "half_mse", learning_rate=0.03, batch_size=10), 100),
    "xor": (Config((8,), "tanh", "tanh", "half_mse", learning_rate=0.03, batch_size=10), 100),
    "gauss": (Config((), "tanh", "tanh", "half_mse", learning_rate=0.03, batch_size=10), 20),
    "spiral": (Config((8, 8, 8), "tanh", "tanh", "half_mse", "adam", learning_rate=0.01, batch_size=10), 150),
}


def test_every_generated_data_set_has_a_configuration_that_solves_it() -> None:
    assert set(SOLVED_BY) == {name for name, preset in DATASETS.items() if preset.generated}


@pytest.mark.parametrize("name", SOLVED_BY)
def test_the_configuration_can_be_chosen_on_the_page(name: str) -> None:
    config, _ = SOLVED_BY[name]
    assert len(config.hidden) <= MOST_LAYERS
    assert all(width <= MOST_NEURONS for width in config.hidden)
    assert config.learning_rate in map(float, RATES)
    assert config.batch_size <= 1000


@pytest.mark.parametrize("name", SOLVED_BY)
def test_the_configuration_solves_the_data_set(name: str) -> None:
    config, epochs = SOLVED_BY[name]
    table = DATASETS[name].make(500, 0, 0)
    dataset = Dataset(table.X, targets(table.y, config.output_activation))
    state = min(islice(train(config, dataset), epochs + 1), key=lambda state: state.train_loss)
    right = (predict(config, state, table.X)[:, 0] > threshold(config.output_activation)) == table.y
    assert state.train_loss <= 0.02 or (name == "spiral" and right.mean() >= 0.95), (state.train_loss, right.mean())
