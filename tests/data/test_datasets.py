"""The data sets on offer, each against its definition."""

import csv
import gzip
import math
from pathlib import Path

import numpy as np
import plotly
import pytest

from playground.data import DATASETS, domain, task
from playground.data.datasets import HILLS, circle, generated

GENERATED = [key for key, preset in DATASETS.items() if preset.generated]
TWO = [key for key in GENERATED if task(DATASETS[key].make(4, 0, 0)) == "two classes"]


def test_the_notebooks_people_come_first_and_the_sets_of_tensorflow_playground_are_there():
    assert next(iter(DATASETS)) == "people"
    assert {"circle", "xor", "gauss", "spiral", "slope", "hills"} <= set(GENERATED)


@pytest.mark.parametrize("key", DATASETS)
def test_each_set_says_in_one_plain_sentence_what_it_teaches(key):
    description = DATASETS[key].description
    assert DATASETS[key].title and description.endswith(".") and len(description) < 100


@pytest.mark.parametrize("key", DATASETS)
def test_the_same_arguments_give_the_same_table_bit_for_bit(key):
    make = DATASETS[key].make
    assert make(100, 20, 7) == make(100, 20, 7)


@pytest.mark.parametrize("key", GENERATED)
def test_another_seed_or_noise_gives_another_table(key):
    make = DATASETS[key].make
    assert len({make(100, 0, 7), make(100, 20, 7), make(100, 20, 8)}) == 3


@pytest.mark.parametrize("key", GENERATED)
@pytest.mark.parametrize("samples", [4, 5, 101, 1000])
@pytest.mark.parametrize("noise", [0, 50])
def test_every_generated_set_has_all_its_points_on_the_plane_and_no_answer_alone(key, samples, noise):
    for seed in range(10):
        table = DATASETS[key].make(samples, noise, seed)
        assert table.X.shape == (samples, len(table.inputs)) and np.abs(table.X).max() <= 6
        assert len(set(table.y.tolist())) > 1
        assert domain(table, DATASETS[key].domain) == DATASETS[key].domain


@pytest.mark.parametrize("key", [key for key in GENERATED if DATASETS[key].make(4, 0, 0).classes])
@pytest.mark.parametrize("samples", [4, 500, 501])
def test_classes_are_balanced_without_noise(key, samples):
    table = DATASETS[key].make(samples, 0, 3)
    counts = [table.y.tolist().count(label) for label in range(len(table.classes))]
    assert max(counts) - min(counts) <= 1


@pytest.mark.parametrize("key", TWO)
def test_classes_are_mixed_so_that_a_batch_of_ten_has_both(key):
    batches = DATASETS[key].make(200, 0, 1).y.reshape(-1, 10).tolist()
    assert sum(set(batch) == {0, 1} for batch in batches) >= 19


def test_circle_is_a_disc_within_a_ring():
    table = DATASETS["circle"].make(500, 0, 0)
    for (x1, x2), label in zip(table.X.tolist(), table.y.tolist(), strict=True):
        radius = math.sqrt(x1 * x1 + x2 * x2)
        assert (radius <= 2.5) if label else (3.5 <= radius <= 5)


def test_a_label_of_circle_is_the_distance_of_the_point_when_noise_has_moved_it():
    X, positive = circle(500, 0.4, np.random.default_rng(0))
    draws = np.random.default_rng(0).uniform(-1, 1, 2000)[1000:].reshape(500, 2)       # after 500 radii and 500 angles
    for (x1, x2), (dx, dy), label in zip(X.tolist(), draws.tolist(), positive, strict=True):
        assert label == (math.hypot(x1 + 5 * 0.4 * dx, x2 + 5 * 0.4 * dy) < 2.5)


def test_noise_moves_no_point_of_circle_and_xor_but_mislabels_some():
    for key in ("circle", "xor"):
        clean, noisy = (DATASETS[key].make(500, noise, 0) for noise in (0, 40))
        np.testing.assert_array_equal(clean.X, noisy.X)
        assert 0.05 < (clean.y != noisy.y).mean() < 0.4


def test_xor_is_one_where_the_signs_agree_and_keeps_off_the_axes():
    table = DATASETS["xor"].make(500, 0, 0)
    for (x1, x2), label in zip(table.X.tolist(), table.y.tolist(), strict=True):
        assert label == (math.copysign(1, x1) == math.copysign(1, x2))
        assert 0.3 <= abs(x1) <= 5.3 and 0.3 <= abs(x2) <= 5.3


@pytest.mark.parametrize(("noise", "variance"), [(0, 0.5), (10, 1.2), (20, 1.9)])
def test_gauss_is_two_clouds_whose_variance_grows_with_noise(noise, variance):
    table = DATASETS["gauss"].make(1000, noise, 0)
    for label, centre in ((1, 2), (0, -2)):
        cloud = table.X[table.y == label]
        np.testing.assert_allclose(cloud.mean(axis=0), centre, atol=0.25)
        np.testing.assert_allclose(cloud.var(axis=0), variance, rtol=0.2)


def test_spiral_has_two_arms_half_a_turn_apart():
    table = DATASETS["spiral"].make(200, 0, 0)
    for label, start in ((1, 0.0), (0, math.pi)):
        arm = sorted(map(tuple, table.X[table.y == label].tolist()), key=lambda point: math.hypot(*point))
        for i, point in enumerate(arm):
            r, t = i / 100 * 5, 1.75 * i / 100 * 2 * math.pi + start
            assert point == pytest.approx((r * math.sin(t), r * math.cos(t)), abs=0.0005001)


def test_noise_moves_the_points_of_the_spiral_by_up_to_its_share_of_one():
    clean, noisy = (DATASETS["spiral"].make(500, noise, 0).X for noise in (0, 30))
    shift = np.abs(noisy - clean)                                   # the same seed shuffles both alike
    assert 0.29 < shift.max() <= 0.3 + 1e-12
    np.testing.assert_allclose(shift.mean(), 0.15, atol=0.01)


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ((3, 0, 0), "number of points"),
        ((1001, 0, 0), "number of points"),
        ((10.5, 0, 0), "number of points"),
        ((math.nan, 0, 0), "number of points"),
        ((10, -1, 0), "noise"),
        ((10, 51, 0), "noise"),
        ((10, math.nan, 0), "noise"),
        ((10, 0, -1), "seed"),
        ((10, 0, 0.5), "seed"),
    ],
)
@pytest.mark.parametrize("key", GENERATED)
def test_senseless_arguments_are_refused_in_one_sentence(key, arguments, complaint):
    with pytest.raises(ValueError, match=complaint) as refusal:
        DATASETS[key].make(*arguments)
    assert str(refusal.value).endswith(f"not {arguments[['number of points', 'noise', 'seed'].index(complaint)]}.")


def test_a_set_whose_noise_leaves_one_class_is_drawn_again_until_it_has_both():
    draws = iter([[True] * 4, [False] * 4, [True, False, True, True]])
    preset = generated("Dice", "Three throws.", lambda samples, noise, rng: (np.zeros((4, 2)), np.array(next(draws))))
    assert sorted(preset.make(4, 0, 0).y) == [0, 1, 1, 1]


@pytest.mark.parametrize(("key", "answer"), [
    ("and", lambda a, b: a and b), ("or", lambda a, b: a or b), ("xor_table", lambda a, b: a != b),
])
def test_a_truth_table_is_true(key, answer):
    table = DATASETS[key].make(500, 0, 0)
    assert table.classes == ("false", "true")
    assert sorted(table.X.tolist()) == [[0, 0], [0, 1], [1, 0], [1, 1]]
    assert [bool(answer(bool(a), bool(b))) for a, b in table.X] == table.y.astype(bool).tolist()


def test_moons_are_two_half_circles_that_interlock():
    table = DATASETS["moons"].make(400, 0, 0)
    for (x1, x2), label in zip(table.X.tolist(), table.y.tolist(), strict=True):
        x1, x2 = (-x1, -x2) if label else (x1, x2)
        assert math.hypot(x1 + 1.5, x2 + 0.75) == pytest.approx(3, abs=0.01) and x2 >= -0.751
    upper, lower = (table.X[table.y == label] for label in (0, 1))
    assert upper[:, 0].max() > lower[:, 0].min() and upper[:, 1].min() < lower[:, 1].max()


def test_three_clouds_are_round_their_centres():
    table = DATASETS["blobs"].make(900, 0, 0)
    for label in range(3):
        own = table.X[table.y == label]
        centre = own.mean(axis=0)
        assert math.hypot(*centre) == pytest.approx(3.5, abs=0.1)
        assert np.hypot(*(own - centre).T).mean() < 1


def test_three_arms_are_a_third_of_a_turn_apart():
    table = DATASETS["three_arms"].make(300, 0, 0)
    for (x1, x2), label in zip(table.X.tolist(), table.y.tolist(), strict=True):
        along = math.hypot(x1, x2) / 5
        turned = (math.atan2(x1, x2) / (2 * math.pi) - along - label / 3) % 1
        assert along < 0.03 or min(turned, 1 - turned) < 0.01


def test_a_slope_is_a_tenth_of_the_sum():
    table = DATASETS["slope"].make(300, 0, 0)
    assert table.classes == ()
    assert table.y == pytest.approx(table.X.sum(axis=1) / 10, abs=0.001)


def test_hills_are_1_high_at_their_top_and_level_between_them():
    table = DATASETS["hills"].make(1000, 0, 0)
    for (x1, x2), height in zip(table.X.tolist(), table.y.tolist(), strict=True):
        distance, top = min((math.hypot(x1 - a, x2 - b), top) for a, b, top in HILLS.tolist())
        assert height == pytest.approx(top * max(1 - distance / 2, 0), abs=0.002)


def test_iris_is_as_fisher_published_it():
    published = Path(plotly.__file__).parent / "package_data" / "datasets" / "iris.csv.gz"
    with gzip.open(published, "rt") as lines:
        flowers = list(csv.DictReader(lines))
    table = DATASETS["iris"].make(500, 0, 0)
    assert table.X.tolist() == [[float(f["petal_length"]), float(f["petal_width"])] for f in flowers]
    assert [table.classes[label] for label in table.y] == [f["species"] for f in flowers]


def test_trees_are_those_of_the_minitab_handbook():
    """Against the summary and the regression that R prints for its own copy, `trees`."""
    table = DATASETS["trees"].make(500, 0, 0)
    columns = np.column_stack([table.X, table.y])
    assert columns.shape == (31, 3) and columns.sum(axis=0) == pytest.approx([410.7, 2356, 935.3])
    assert columns.mean(axis=0) == pytest.approx([13.248, 76, 30.17], abs=0.005)
    quartiles = [[8.3, 63, 10.2], [11.05, 72, 19.4], [12.9, 76, 24.2], [15.25, 80, 37.3], [20.6, 87, 77]]
    assert np.percentile(columns, [0, 25, 50, 75, 100], axis=0).tolist() == pytest.approx(np.array(quartiles))
    (line, *_) = np.linalg.lstsq(np.column_stack([np.ones(31), table.X]), table.y)
    assert line.tolist() == pytest.approx([-57.9877, 4.7082, 0.3393], abs=5e-5)
