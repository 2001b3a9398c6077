"""Small neural networks and their training, in NumPy."""

from playground.nn.activations import ACTIVATIONS, OUTPUT_ACTIVATIONS, Activation
from playground.nn.config import Config
from playground.nn.course import Course
from playground.nn.dataset import Dataset
from playground.nn.divergence import Divergence
from playground.nn.findings import FINDINGS, findings
from playground.nn.health import Health, health
from playground.nn.initializers import INITIALIZERS, Initializer
from playground.nn.keyframes import Frames
from playground.nn.losses import LOSSES, Loss
from playground.nn.network import gradients, trace
from playground.nn.optimizers import OPTIMIZERS, Optimizer
from playground.nn.parameters import flatten, layer_sizes, parameter_count, unflatten
from playground.nn.penalty import penalty
from playground.nn.prediction import layer_activations, predict
from playground.nn.recording import Recording
from playground.nn.sweep import Outcome, Sweep
from playground.nn.training import EpochState, Run, train
from playground.nn.update import Update, Updates
from playground.nn.variation import variation

__all__ = [
    "ACTIVATIONS",
    "FINDINGS",
    "INITIALIZERS",
    "LOSSES",
    "OPTIMIZERS",
    "OUTPUT_ACTIVATIONS",
    "Activation",
    "Config",
    "Course",
    "Dataset",
    "Divergence",
    "EpochState",
    "Frames",
    "Health",
    "Initializer",
    "Loss",
    "Optimizer",
    "Outcome",
    "Recording",
    "Run",
    "Sweep",
    "Update",
    "Updates",
    "findings",
    "flatten",
    "gradients",
    "health",
    "layer_activations",
    "layer_sizes",
    "parameter_count",
    "penalty",
    "predict",
    "trace",
    "train",
    "unflatten",
    "variation",
]
