"""Data sets to learn from: the notebook's four people, real measurements, and points drawn at random."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from playground.data.asked import Asked
from playground.data.measured import iris, trees
from playground.data.plane import Domain
from playground.data.table import Table

SAMPLES = (4, 1000)                                                 # least and most points of a generated set
NOISE = (0, 50)                                                     # in percent
PLANE = Domain(-6.0, 6.0, -6.0, 6.0)                                # every generated point lies in it
PURPOSE = int.from_bytes(b"data")                                   # parts this randomness from other uses of the seed

Points = tuple[NDArray[np.float64], NDArray[Any]]                   # X (n, 1 or 2), and labels or numbers (n,)


class Preset(NamedTuple):
    """A data set on offer: make(samples, noise, seed) gives its table, the same one for the same arguments.

    ValueError unless `samples` and `noise` (percent) are within SAMPLES and NOISE; a set that is not `generated` has no
    use for the three. `domain` is the part of the plane that is drawn, None where the data decide.
    `standardised` says whether its inputs usually are.
    """

    title: str
    description: str
    make: Callable[[int, float, int], Table]
    generated: bool
    domain: Domain | None
    standardised: bool = False
    asked: Asked = Asked()                                              # points to predict, to begin with


def fixed(title: str, description: str, table: Table, standardised: bool = False) -> Preset:
    """The preset that is always this table."""
    return Preset(title, description, lambda samples, noise, seed: table, False, None, standardised)


def generated(
    title: str, description: str, points: Callable[[int, float, np.random.Generator], Points], classes: int = 2,
    domain: Domain = PLANE,
) -> Preset:
    """The preset that draws points(samples, noise as a fraction, generator), shuffles and rounds them.

    With 0 classes they come with numbers.
    """

    def make(samples: int, noise: float, seed: int) -> Table:
        _check(samples, noise, seed)
        rng = np.random.default_rng([seed, PURPOSE])
        X, y = points(samples, noise / 100, rng)
        while (y == y[0]).all():                                    # noise can flip few points to a single class
            X, y = points(samples, noise / 100, rng)
        order = rng.permutation(samples)
        names, target = tuple(f"class {label}" for label in range(classes)), "class" if classes else "y"
        inputs = ("x1", "x2")[: X.shape[1]]
        return Table(inputs, target, names, ("",) * samples, X[order].round(3), y[order].astype(float).round(3))

    return Preset(title, description, make, True, domain)


def circle(samples: int, noise: float, rng: np.random.Generator) -> Points:
    """Half the points up to 0.5 of radius 5, half from 0.7 to 1 of it; class 1 is within 0.5, seen through noise."""
    radius = 5
    inner = np.arange(samples) < samples // 2
    r = radius * rng.uniform(np.where(inner, 0.0, 0.7), np.where(inner, 0.5, 1.0))
    angle = rng.uniform(0, 2 * np.pi, samples)
    X = np.column_stack([r * np.sin(angle), r * np.cos(angle)])
    jitter = rng.uniform(-radius, radius, X.shape) * noise
    return X, np.hypot(*(X + jitter).T) < 0.5 * radius


def xor(samples: int, noise: float, rng: np.random.Generator) -> Points:
    """Uniform in [-5, 5]², moved 0.3 off the axes, quadrants in turn; class 1 is x1·x2 >= 0, seen through noise."""
    signs = np.array([[1, 1], [1, -1], [-1, -1], [-1, 1]])[np.arange(samples) % 4]
    X = signs * (rng.uniform(0, 5, signs.shape) + 0.3)
    jitter = rng.uniform(-5, 5, X.shape) * noise
    return X, np.prod(X + jitter, axis=1) >= 0


def gauss(samples: int, noise: float, rng: np.random.Generator) -> Points:
    """Normal around (2, 2), class 1, and (-2, -2), variance 0.5 to 4 by noise; what leaves the plane is drawn anew."""
    positive = np.arange(samples) < samples // 2
    centre = np.where(positive, 2.0, -2.0)[:, np.newaxis]
    deviation = np.sqrt(0.5 + 7 * noise)
    X = rng.normal(centre, deviation, (samples, 2))
    while (outside := np.abs(X) > PLANE.x_max).any():
        X = np.where(outside, rng.normal(centre, deviation, X.shape), X)
    return X, positive


def spiral(samples: int, noise: float, rng: np.random.Generator) -> Points:
    """Arms (r sin t, r cos t) ± noise, r = 5·i/n: t = 1.75·2π·i/n is class 1, half a turn further is class 0."""
    positive = np.arange(samples) < samples // 2
    along = np.concatenate([np.arange(n) / n for n in (positive.sum(), samples - positive.sum())])
    t = 1.75 * 2 * np.pi * along + np.where(positive, 0, np.pi)
    X = 5 * along[:, np.newaxis] * np.column_stack([np.sin(t), np.cos(t)])
    return X + rng.uniform(-1, 1, X.shape) * noise, positive


def moons(samples: int, noise: float, rng: np.random.Generator) -> Points:
    """Two half circles of radius 3 that interlock, as in scikit-learn's make_moons; noise moves points by up to 1.5."""
    positive = np.arange(samples) < samples // 2
    t = rng.uniform(0, np.pi, samples)
    upper = np.column_stack([3 * np.cos(t) - 1.5, 3 * np.sin(t) - 0.75])
    X = np.where(positive[:, np.newaxis], -upper, upper)
    return X + rng.uniform(-3, 3, X.shape) * noise, positive


def blobs(samples: int, noise: float, rng: np.random.Generator) -> Points:
    """Three round clouds, 3.5 from the middle in three directions, deviation 0.5 to 2 by noise, kept in the plane."""
    label = np.arange(samples) % 3
    angle = 2 * np.pi * (label / 3 + 0.25)
    centre = 3.5 * np.column_stack([np.cos(angle), np.sin(angle)])
    return np.clip(rng.normal(centre, 0.5 + 3 * noise), PLANE.x_min, PLANE.x_max), label


def three_arms(samples: int, noise: float, rng: np.random.Generator) -> Points:
    """The spiral with an arm for each of three classes, a third of a turn apart, one turn long."""
    label = np.arange(samples) % 3
    along = (np.arange(samples) // 3 + 0.5) / np.ceil(samples / 3)
    t = 2 * np.pi * (along + label / 3)
    X = 5 * along[:, np.newaxis] * np.column_stack([np.sin(t), np.cos(t)])
    return X + rng.uniform(-1, 1, X.shape) * noise, label


def slope(samples: int, noise: float, rng: np.random.Generator) -> Points:
    """Uniform in [-6, 6]²; y = (x1 + x2) / 10, the place moved by noise first, as in TensorFlow Playground."""
    X = rng.uniform(-6, 6, (samples, 2))
    return X, (X + rng.uniform(-6, 6, X.shape) * noise).sum(axis=1) / 10


HILLS = np.array([(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)])


def hills(samples: int, noise: float, rng: np.random.Generator) -> Points:
    """Six hills and valleys, 2 wide and 1 high or deep: each point has the height of the nearest, or 0 between them."""
    X = rng.uniform(-6, 6, (samples, 2))
    place = X + rng.uniform(-6, 6, X.shape) * noise
    distance = np.hypot(*(place[:, np.newaxis] - HILLS[:, :2]).transpose(2, 0, 1))      # (n, 6)
    height = HILLS[:, 2] * np.clip(1 - distance / 2, 0, None)
    return X, height[np.arange(samples), np.abs(height).argmax(axis=1)]


def sine(samples: int, noise: float, rng: np.random.Generator) -> Points:
    """One input, uniform in [-6, 6]; y = sin x, moved by noise up to 1 either way."""
    X = rng.uniform(-6, 6, (samples, 1))
    return X, np.sin(X[:, 0]) + rng.uniform(-1, 1, samples) * noise


def truth(title: str, description: str, answers: tuple[int, int, int, int]) -> Preset:
    """The preset of a truth table: its answers to 00, 01, 10 and 11."""
    X = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    table = Table(("a", "b"), title, ("false", "true"), ("",) * 4, X, np.array(answers))
    return fixed(f"{title} (truth table)", description, table)


def _check(samples: int, noise: float, seed: int) -> None:
    if not isinstance(samples, int | np.integer) or not SAMPLES[0] <= samples <= SAMPLES[1]:
        raise ValueError(f"The number of points must be a whole one from {SAMPLES[0]} to {SAMPLES[1]}, not {samples}.")
    if not NOISE[0] <= noise <= NOISE[1]:
        raise ValueError(f"The noise must be from {NOISE[0]} to {NOISE[1]} percent, not {noise}.")
    if not isinstance(seed, int | np.integer) or seed < 0:
        raise ValueError(f"The seed must be a whole number that is not negative, not {seed}.")


# Pounds minus 135 and inches minus 66, as in the notebook.
PEOPLE = Table(
    inputs=("weight", "height"),
    target="gender",
    classes=("M", "F"),
    names=("Alice", "Bob", "Charlie", "Diana"),
    X=np.array([[-2.0, -1.0], [25.0, 6.0], [17.0, 4.0], [-15.0, -6.0]]),
    y=np.array([1, 0, 0, 1]),
)

DATASETS: dict[str, Preset] = {
    "people": fixed("Four people", "Four rows are few enough to follow every weight update by hand.", PEOPLE)._replace(
        asked=Asked(("Emily", "Frank"), ((-7.0, -3.0), (20.0, 2.0)))),
    "and": truth("AND", "True where both inputs are: a single neuron can tell.", (0, 0, 0, 1)),
    "or": truth("OR", "True where any input is: a single neuron can tell.", (0, 1, 1, 1)),
    "xor_table": truth("XOR", "True where just one input is: it takes hidden neurons to tell.", (0, 1, 1, 0)),
    "circle": generated("Circle", "No straight line parts a disc from the ring around it.", circle),
    "xor": generated("Exclusive or", "Neither input tells anything alone, only both together do.", xor),
    "gauss": generated("Two clouds", "A single neuron is enough: one straight line parts them.", gauss),
    "spiral": generated("Spiral", "The hardest of them: its winding boundary needs more neurons and layers.", spiral),
    "moons": generated("Moons", "Two half moons interlock: the boundary has to bend twice.", moons),
    "blobs": generated("Three clouds", "More than two classes: each gets an output, the largest wins.", blobs, 3),
    "three_arms": generated("Three arms", "A spiral of three classes, each wound around the others.", three_arms, 3),
    "iris": fixed("Iris", "Real flowers: two species overlap a little, so that nobody gets all of them right.", iris()),
    "trees": fixed("Cherry trees", "Real trees: diameter and height tell how much timber they hold, before felling.",
                   trees(), standardised=True),
    "slope": generated("Slope", "Numbers instead of classes: a tilted plane, which one neuron draws.", slope, 0),
    "sine": generated("Sine", "A single input: hidden neurons bend a straight line into a wave.", sine, 0,
                      Domain(-6.0, 6.0, -1.75, 1.75)),
    "hills": generated("Hills", "Numbers instead of classes: hills and valleys, shaped by hidden neurons.", hills, 0),
}
