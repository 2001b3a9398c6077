"""The account of a run: every setting that made it, also those that were changed half way."""

from dataclasses import replace

import numpy as np

from playground.app.account import account
from playground.nn import Config
from tests.exports.runs import result_of


def told(*arguments, **options):
    return account(result_of(*arguments, **options)[1])


def test_the_default_run_in_plain_words():
    assert told() == (
        "Inputs: weight and height. The network has sigmoid neurons and a sigmoid output, and start weights "
        "normal (0, 1) with seed 0. 4 points train it. Training: mean squared error, SGD, learning rate 0.1, "
        "batch size 1.")


def test_what_is_not_usual_is_said():
    config = Config((), output_activation="softmax", loss="cross_entropy", optimizer="adam", shuffle=True, l2=0.01,
                    initializer="he", seed=7, frozen=(1, 2))
    said = told(config, "iris", share=60, standardise=True, features=("x1", "x2", "x1_squared"))
    for words in ("standardised", "The network has a softmax output", "He with seed 7", "60 test it", "cross entropy",
                  "Adam", "shuffled every epoch", "L2 rate 0.01", "2 weights or biases frozen"):
        assert words in said, said
    assert "neurons" not in said


def test_changes_half_way_say_what_is_different_from_then_on():
    def change(recording):
        recording.advance(20)
        faster = replace(recording.config, learning_rate=0.5, l1=0.1)
        later = recording.branch(10, faster)
        later.advance(20)
        return later.branch(15, replace(faster, l1=0.0))

    said = told(epoch=25, change=change)
    assert "From epoch 10 on: learning rate 0.5, L1 rate 0.1." in said
    assert said.endswith("From epoch 15 on: no penalty.")


def test_weights_set_by_hand_are_told_with_their_epochs():
    def change(recording):
        count = len(recording.course.given[0])
        return recording.branch(0, recording.config, np.ones(count)).branch(5, recording.config, np.zeros(count))

    assert told(change=change).endswith("Weights were set by hand at epochs 0 and 5.")
    assert "by hand" not in told()
