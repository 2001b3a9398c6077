"""Training: passes over the data, one after the other, each leaving the network a little better."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from playground.nn.config import Config
from playground.nn.dataset import Dataset
from playground.nn.divergence import Divergence, diagnose, parameter_limit
from playground.nn.examples import Examples
from playground.nn.losses import LOSSES
from playground.nn.network import Network
from playground.nn.optimizers import OPTIMIZERS, Step
from playground.nn.parameters import initial_parameters, layer_sizes, parameter_count, unflatten
from playground.nn.randomness import SHUFFLE, generator

Array = NDArray[np.float64]
Arrays = tuple[Array, ...]


class EpochState(NamedTuple):
    """The network after `epoch` passes over the data: W[l] (fan_in, fan_out), b[l] (fan_out,), and its losses.

    test_loss is nan without a test set; neither loss contains the penalty.
    """

    epoch: int
    weights: Arrays
    biases: Arrays
    train_loss: float
    test_loss: float


class Trainer:
    """A network in training, at one epoch of its run; `state` is all it takes to resume from there.

    state is [parameters (P) | optimizer memory (a row P per name) | number of updates (1)]. Overflow is the caller's to
    silence (np.errstate), once around as many epochs as it likes. It goes on from the state of `epoch`; bare
    parameters (P,) start the optimizer anew. `given_length` is that of the vector last drawn or set, not trained.
    """

    def __init__(
        self, config: Config, dataset: Dataset, test: Dataset | None, epoch: int, state: Array, given_length: float
    ) -> None:
        self.config, self.dataset = config, dataset
        self._test_dataset, self._given_length = test, given_length
        self.sizes = layer_sizes(config, dataset.X.shape[1], dataset.y.shape[1])
        P, optimizer = parameter_count(self.sizes), OPTIMIZERS[config.optimizer]
        self.state = np.zeros(state_size(config, P))
        self.state[: len(state)] = state
        self.parameters, memory, count = self.state[:P], self.state[P:-1].reshape(-1, P), self.state[-1:]

        network = Network(config, self.sizes, self.parameters, config.learning_rate if optimizer.takes_rate else 1.0)
        self.examples = Examples(dataset, network, config.batch_size)
        self._update = optimizer.prepare(config, network, memory, count)
        if config.frozen:
            self._update = holding(self._update, self.state, P, config.frozen)
        self._test = Examples(test, network, batch_size=len(test.X)) if test else None
        self._shuffles = config.shuffle and config.batch_size < len(dataset.X)
        limit = parameter_limit(config, dataset, given_length)
        self._limit_square = limit * limit                             # may be infinite, where limit**2 would raise
        self.epoch, self.train_loss = epoch, self.examples.loss()
        self.divergence: Divergence | None = None

    def train_epoch(self) -> None:
        """One pass over the data; afterwards `divergence` tells whether it ended well."""
        self.train_batches()
        self.epoch += 1
        self.train_loss = self.examples.loss()
        if not (self.parameters.dot(self.parameters) <= self._limit_square and self.train_loss < np.inf):
            self.divergence = diagnose(self.config, self.dataset, self.epoch - 1, self.parameters)

    def train_batches(self, start: int = 0, stop: int | None = None) -> None:
        """The part of the coming epoch that updates by the batches start:stop; parts must follow one another."""
        if self._shuffles:
            self.examples.shuffle(generator(self.config, SHUFFLE, self.epoch))
        update = self._update
        for forward, backward, X, y in self.examples.batches[start:stop]:
            forward(X)                                                 # activations of every layer
            backward(X, y)                                             # gradient of loss and penalty
            update()                                                   # parameters, in place

    def memory(self) -> dict[str, Array]:
        """A copy of what the optimizer remembers, by name: (P,) each."""
        names, P = OPTIMIZERS[self.config.optimizer].memory, len(self.parameters)
        return dict(zip(names, self.state[P:-1].reshape(-1, P).copy(), strict=True))

    def continued(self, config: Config) -> "Trainer":
        """Another trainer, which goes on from here by a config; the same optimizer keeps its memory."""
        state = self.state if config.optimizer == self.config.optimizer else self.parameters
        return Trainer(config, self.dataset, self._test_dataset, self.epoch, state, self._given_length)

    def test_loss(self) -> float:
        """The loss over the test set, nan without one."""
        return self._test.loss() if self._test else np.nan


def state_size(config: Config, P: int) -> int:
    """Length of Trainer.state for P parameters."""
    return P + len(OPTIMIZERS[config.optimizer].memory) * P + 1


def holding(update: Step, state: Array, P: int, frozen: Sequence[int]) -> Step:
    """An update that leaves the frozen of P parameters, and what the optimizer remembers of them, as they are now."""
    held = np.add.outer(np.arange(0, len(state) - 1, P), frozen).ravel()
    values = state[held]

    def step() -> None:
        update()
        state[held] = values

    return step


class Run:
    """The epochs of a run, one after the other; `divergence` is None until training diverges, which ends it."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer, self._started = trainer, False

    @property
    def divergence(self) -> Divergence | None:
        return self._trainer.divergence

    def __iter__(self) -> Iterator[EpochState]:
        return self

    def __next__(self) -> EpochState:
        trainer = self._trainer
        with np.errstate(all="ignore"):
            if self._started and not trainer.divergence:
                trainer.train_epoch()
            if trainer.divergence:
                raise StopIteration
            self._started = True
            weights, biases = unflatten(trainer.parameters.copy(), trainer.sizes)
            return EpochState(trainer.epoch, weights, biases, trainer.train_loss, trainer.test_loss())


def train(
    config: Config,
    dataset: Dataset,
    test: Dataset | None = None,
    *,
    weights: Sequence[ArrayLike] | None = None,
    biases: Sequence[ArrayLike] | None = None,
) -> Run:
    """The states of a run: epoch 0, untrained, first; endless unless it diverges (see `.divergence`).

    `weights` and `biases`, one array per layer, replace the drawn ones. Raises ValueError where data, config and
    arrays do not fit together.
    """
    sizes = fit(config, dataset, test)
    initial = initial_parameters(config, sizes, weights, biases)
    with np.errstate(all="ignore"):
        return Run(Trainer(config, dataset, test, 0, initial, float(np.linalg.norm(initial))))


def fit(config: Config, dataset: Dataset, test: Dataset | None) -> tuple[int, ...]:
    """The layer sizes for these data; ValueError where data sets, loss, output and frozen do not go together."""
    if test and (test.X.shape[1], test.y.shape[1]) != (dataset.X.shape[1], dataset.y.shape[1]):
        raise ValueError(
            f"the test set has {test.X.shape[1]} inputs and {test.y.shape[1]} outputs, but the training set has "
            f"{dataset.X.shape[1]} and {dataset.y.shape[1]}: they must be the same."
        )
    for name, part in (("y", dataset), ("test y", test)):
        if part and LOSSES[config.loss].probabilities and not ((part.y >= 0) & (part.y <= 1)).all():
            row, column = np.argwhere((part.y < 0) | (part.y > 1))[0]
            raise ValueError(
                f"loss {config.loss!r} needs targets between 0 and 1, "
                f"but {name} has {part.y[row, column]:g} in row {row}, column {column}."
            )
    sizes = layer_sizes(config, dataset.X.shape[1], dataset.y.shape[1])
    P = parameter_count(sizes)
    if config.frozen and config.frozen[-1] >= P:
        raise ValueError(f"frozen parameter {config.frozen[-1]} does not exist: this network has 0 to {P - 1}.")
    return sizes
