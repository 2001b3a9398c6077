"""One update of a run, taken apart: every number between the old parameters and the new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.nn.activations import sigmoid_derivative
from playground.nn.config import Config
from playground.nn.losses import LOSSES
from playground.nn.network import Network, Pass, sent_through
from playground.nn.recording import Recording
from playground.nn.training import Trainer

Array = NDArray[np.float64]
Arrays = tuple[Array, ...]


class Update(NamedTuple):
    """The update by batch number `batch` (from 0) of the `batches` that lead from the state after `epoch` to the next.

    A batch has n samples; per layer, in order: blocks (fan_in + 1, fan_out) hold its weights and, as the last row,
    biases; z, a, slope and delta are (fan_out, n). Arrays (P,) are ordered as the flat parameter vector. Where
    overflow ends the run in this epoch, numbers may be infinite or nan.
    """

    epoch: int
    batch: int
    batches: int
    config: Config                        # the one that trains here
    rows: NDArray[np.intp]                # (n,): the samples of the training set, in the order they are used
    X: Array                              # (n, n_inputs)
    y: Array                              # (n, n_outputs)
    blocks: Arrays                        # before the update, views into `parameters`
    z: Arrays                             # weighted sums Wᵀ [a; 1]
    a: Arrays                             # activations f(z); the last are the predictions ŷ
    slope: Arrays                         # f'(z); for softmax ∂ŷᵢ/∂zᵢ, the diagonal of ∂ŷ/∂z
    delta: Arrays                         # ∂L/∂z
    error_output: Array | None            # ∂L/∂ŷ (n_outputs, n); None where ∂L/∂z is simpler (the cross-entropies)
    loss: float                           # L of the batch before the update, without the penalty
    loss_gradient: Array                  # (P,): ∂L/∂p
    penalty_gradient: Array               # (P,): what the penalty adds to it; no l2 if Optimizer.decays_weights
    memory: dict[str, Array]              # (P,) by the names of Optimizer.memory, before the update
    new_memory: dict[str, Array]
    t: int                                # the t of Optimizer.rule; 0 where the rule has none
    parameters: Array                     # (P,)
    new_parameters: Array                 # (P,)


class Updates:
    """The updates from the state after `epoch` to the next, to iterate over or index; `len` is their number.

    Going forward costs one update each, going back starts over. Raises ValueError where the run diverges before
    `epoch`, which is trained where it was not yet; the recording is not changed otherwise.
    """

    def __init__(self, recording: Recording, epoch: int) -> None:
        self._recording, self._epoch = recording, epoch
        self._start()

    def _start(self) -> None:
        self._trainer, self._done = self._recording.trainer(self._epoch), 0

    def __len__(self) -> int:
        return len(self._trainer.examples.batches)

    def holding(self, sample: int) -> tuple[int, int]:
        """The update in which a sample takes part, counted from 0 in the order of this epoch, and its row there."""
        return divmod(sample, self._trainer.config.batch_size)

    def __iter__(self) -> Iterator[Update]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, index: int) -> Update:
        if not 0 <= index < len(self):
            raise IndexError(f"update {index} does not exist: epoch {self._epoch} is followed by {len(self)} updates.")
        if index < self._done:
            self._start()
        trainer = self._trainer
        with np.errstate(all="ignore"):
            trainer.train_batches(self._done, index)
            parameters, memory = trainer.parameters.copy(), trainer.memory()
            trainer.train_batches(index, index + 1)
            self._done = index + 1
            return _taken_apart(trainer, index, parameters, memory)


def _taken_apart(trainer: Trainer, index: int, parameters: Array, memory: dict[str, Array]) -> Update:
    """The update that the trainer has just made, from these parameters and this memory."""
    config, dataset, order = trainer.config, trainer.dataset, trainer.examples.order
    rows = order[index * config.batch_size :][: config.batch_size]
    X, y = dataset.X[rows], dataset.y[rows]
    without_penalty = replace(config, l1=0.0, l2=0.0)
    traced = sent_through(Network(without_penalty, trainer.sizes, parameters), X, y)
    return Update(
        epoch=trainer.epoch, batch=index, batches=len(trainer.examples.batches), config=config,
        rows=rows, X=X, y=y, blocks=traced.network.blocks,
        z=tuple(traced.z), a=tuple(traced.a), slope=_slopes(traced), delta=tuple(traced.delta),
        error_output=_error_output(traced, y),
        loss=LOSSES[config.loss].value(traced.z[-1], traced.a[-1], y.T),
        loss_gradient=traced.network.gradient,
        penalty_gradient=_penalty_gradient(Network(config, trainer.sizes, parameters)),
        memory=memory, new_memory=trainer.memory(), t=int(trainer.state[-1]),
        parameters=parameters, new_parameters=trainer.parameters.copy(),
    )


def _slopes(traced: Pass) -> Arrays:
    """f'(z) per layer, that of the output also where training does without it: sigmoid or softmax, a (1 - a)."""
    *hidden, output = traced.slope
    if LOSSES[traced.network.config.loss].output_activation:
        output = sigmoid_derivative(traced.z[-1], traced.a[-1], np.empty_like(output))
    return *hidden, output


def _error_output(traced: Pass, y: Array) -> Array | None:
    loss, a = LOSSES[traced.network.config.loss], traced.a[-1]
    return None if loss.output_activation else loss.error(a, y.T, np.empty_like(a)) * loss.weight(*y.shape)


def _penalty_gradient(network: Network) -> Array:
    if network.add_penalty:
        network.add_penalty()
    return network.gradient
