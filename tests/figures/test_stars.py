"""Stars: what stands beside a point is what the network predicts there, through the same scaling and features."""

import numpy as np
import pytest

from playground.data import Asked
from playground.nn import Config, EpochState, predict, unflatten
from tests.figures.drawing import arrays_of, count, frames_of, panel_of, strings, view_of

RNG = np.random.default_rng(7)
SOFTMAX = Config((3,), "tanh", "softmax", "cross_entropy")


def asked(view, *places):
    return view._replace(asked=Asked(tuple(f"p{i}" for i in range(len(places))), places))


@pytest.mark.parametrize(("config", "rows", "features"), [
    (Config((2,)), "people", ("x1", "x2")), (SOFTMAX, "iris", ("x1", "x2", "x1_x2")),
    (Config((2,), output_activation="linear"), "hills", ("x1", "x2")),
])
@pytest.mark.parametrize("standardise", [False, True])
def test_the_number_beside_a_star_is_the_prediction_there(config, rows, features, standardise):
    view = asked(view_of(config, rows, features=features, standardise=standardise), (1.0, 2.0), (4.5, -0.5))
    many = RNG.normal(size=(3, count(view)))
    arrays = arrays_of(view, frames_of(*many))
    for frame, parameters in enumerate(many):
        state = EpochState(0, *unflatten(parameters, view.sizes), 0.0, 0.0)
        outputs = predict(config, state, view.fed(np.array(view.asked.places)))
        for point, output in enumerate(outputs):
            said = [arrays[name][frame, point] for name in sorted(arrays) if name.startswith("boundary/said")]
            label = int(output.argmax()) if len(output) > 1 else int(output[0] > 0.5) if view.table.classes else 0
            assert said[label] == pytest.approx(output.max(), abs=1e-6)
            assert np.isnan(np.delete(said, label)).all(), "one class is told, no other"


def test_over_a_single_input_a_star_stands_at_the_height_of_its_prediction():
    view = asked(view_of(Config((2,), output_activation="linear"), "sine", features=("x1",)), (0.5,), (-3.0,))
    arrays = arrays_of(view, frames_of(RNG.normal(size=count(view))))
    np.testing.assert_array_equal(arrays["boundary/asked"], arrays["boundary/said 0"])


def test_without_points_there_are_no_stars_and_names_are_no_markup():
    assert not [trace for trace in panel_of(view_of(), "boundary")["figure"]["data"]
                if trace.get("marker", {}).get("symbol") == "star"]
    alien = view_of()._replace(asked=Asked(("<b>x</b>",), ((1.0, 2.0),)))
    assert not any("<b>" in text for text in strings(panel_of(alien, "boundary")["figure"]))
