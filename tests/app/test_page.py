"""The page: every control can be used and explains itself, links preset it, and what cannot be used gets a sentence."""

import random
from collections import Counter
from pathlib import Path

import pytest
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.testing.v1 import AppTest

from playground.app.history import edited
from playground.app.link import written
from playground.app.parts import HIDEABLE, TABS
from playground.data import DATASETS, FEATURES, TASKS, Asked, Feature, task
from playground.data.datasets import generated
from playground.nn import ACTIVATIONS, INITIALIZERS, LOSSES, OPTIMIZERS, Config
from tests.app.mutants import link, packed

SCRIPT = str(Path(__file__).resolve().parents[2] / "streamlit_app.py")


def opened(**link):
    page = AppTest.from_file(SCRIPT, default_timeout=20)
    for name, value in link.items():
        page.query_params[name] = value
    return rendered(page)


def rendered(page):
    page.run()
    assert not page.exception, page.exception[0].value
    players = [element for element in everything(page.main) if element.type == "bidi_component"]
    assert len(players) == 1, "the player is mounted once"
    return page


def everything(block):
    for child in block.children.values():
        yield child
        if hasattr(child, "children"):
            yield from everything(child)


def experiment(page):
    return page.session_state.session.experiment


def chosen(page, key, value):
    page.selectbox(key=key).set_value(value)
    return rendered(page)


def typed(page, key, text):
    """As chosen(), for a text that is not among the options, where the box takes new ones."""
    box = page.selectbox(key=key)
    assert box.proto.accept_new_options
    box.options.append(text)                                            # AppTest knows the given options only
    return chosen(page, key, text)


@pytest.fixture(scope="module")
def page():
    """One page for the tests that do not mind what was chosen before."""
    return opened()


def test_the_first_view_is_the_notebook():
    page = opened()
    assert not page.error
    shown = experiment(page)
    assert shown.config == Config()
    assert shown.table == DATASETS["people"].make(4, 0, 0)
    assert (shown.features, shown.train_share) == (("x1", "x2"), 100)


def test_controls_come_in_the_order_a_learner_meets_them(page):
    assert [heading.value for heading in page.sidebar.subheader] == ["Data", "Network", "Training"]


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_data_set_can_be_chosen(page, dataset):
    chosen(page, "data", dataset)
    preset = DATASETS[dataset]
    assert experiment(page).table == preset.make(500, 0, 0)
    assert experiment(page).shown == preset.domain
    assert preset.description in [caption.value for caption in page.sidebar.caption]


@pytest.mark.parametrize(("key", "field", "names"), [
    ("activation", "activation", ACTIVATIONS), ("optimizer", "optimizer", OPTIMIZERS),
    ("start", "initializer", INITIALIZERS), ("output", "output_activation", TASKS["two classes"].outputs),
])
def test_every_member_of_a_family_can_be_chosen(page, key, field, names):
    chosen(page, "data", "people")
    assert len(page.selectbox(key=key).options) == len(names)
    for name in names:
        chosen(page, key, name)
        assert getattr(experiment(page).config, field) == name
        assert not page.error


@pytest.mark.parametrize("output", TASKS["two classes"].outputs)
def test_the_losses_on_offer_fit_the_output(output):
    page = chosen(opened(), "output", output)
    fitting = [name for name, loss in LOSSES.items() if loss.output_activation in ("", output)]
    assert len(page.selectbox(key="loss").options) == len(fitting)
    for name in fitting:
        assert experiment(chosen(page, "loss", name)).config.loss == name


@pytest.mark.parametrize(("dataset", "output", "loss"), [
    ("people", "sigmoid", "mse"), ("iris", "softmax", "cross_entropy"), ("hills", "linear", "mse"),
])
def test_output_and_loss_follow_the_task_and_only_what_fits_is_offered(dataset, output, loss):
    page = opened()
    for before in ("three_arms", "slope", "circle", dataset):
        chosen(page, "data", before)
        assert not page.error
    config = experiment(page).config
    assert (config.output_activation, config.loss) == (output, loss)
    assert config.output_activation in TASKS[task(experiment(page).table)].outputs


def test_of_several_classes_each_may_have_an_output_of_its_own():
    page = chosen(chosen(opened(), "data", "blobs"), "outputs", "sigmoid")
    assert experiment(page).config.loss == "mse"
    assert experiment(page).view().sizes[-1] == 3
    assert experiment(chosen(page, "loss", "binary_cross_entropy")).config.loss == "binary_cross_entropy"


def test_an_output_that_the_loss_does_not_fit_changes_the_loss_instead_of_failing():
    page = chosen(opened(), "loss", "binary_cross_entropy")
    page = chosen(page, "output", "tanh")
    config = experiment(page).config
    assert config.output_activation == "tanh" and config.loss != "binary_cross_entropy"


@pytest.mark.parametrize("layers", range(7))
def test_a_network_may_have_no_hidden_layer_and_up_to_six(page, layers):
    page.number_input(key="layers").set_value(layers)
    rendered(page)
    assert len(experiment(page).config.hidden) == layers
    assert len([box for box in page.sidebar.number_input if box.label.startswith("Layer ")]) == layers


def test_a_layer_has_as_many_neurons_as_its_box_says():
    page = opened()
    page.number_input(key="layers").set_value(3)
    rendered(page)
    for i, neurons in enumerate((8, 1, 5), 1):
        page.number_input(key=f"n{i}").set_value(neurons)
    assert experiment(rendered(page)).config.hidden == (8, 1, 5)


@pytest.mark.parametrize(("kind", "key", "value", "expected"), [
    ("number_input", "samples", 200, lambda e: len(e.table) == 200),
    ("number_input", "draw", 7, lambda e: e.table == DATASETS["circle"].make(500, 0, 7) and e.split_seed == 7),
    ("slider", "noise", 25, lambda e: e.table == DATASETS["circle"].make(500, 25, 0)),
    ("slider", "share", 50, lambda e: e.train_share == 50 and len(e.view().test) == 250),
    ("number_input", "batch", 30, lambda e: e.config.batch_size == 30),
    ("number_input", "seed", 11, lambda e: e.config.seed == 11),
    ("toggle", "shuffle", True, lambda e: e.config.shuffle),
])
def test_a_control_decides_what_it_says(kind, key, value, expected):
    page = chosen(opened(), "data", "circle")
    getattr(page, kind)(key=key).set_value(value)
    assert expected(experiment(rendered(page)))


@pytest.mark.parametrize(("penalty", "field"), [("L1", "l1"), ("L2", "l2")])
def test_a_penalty_is_taken_with_its_rate(penalty, field):
    page = opened(penalty=penalty)
    page.selectbox(key="penalty_rate").set_value("0.03")
    config = experiment(rendered(page)).config
    assert {"l1": config.l1, "l2": config.l2} == {"l1": 0, "l2": 0, field: 0.03}


def test_new_weights_is_the_next_seed():
    page = opened()
    (button,) = [button for button in page.sidebar.button if button.label == "New weights"]
    for seed in (1, 2):
        button.click()
        rendered(page)
        (button,) = [button for button in page.sidebar.button if button.label == "New weights"]
        assert experiment(page).config.seed == page.number_input(key="seed").value == seed


def test_new_weights_after_the_last_seed_still_work():
    page = opened(seed="999999")
    assert experiment(page).config.seed == 999_999
    next(button for button in page.sidebar.button if button.label == "New weights").click()
    rendered(page)
    assert experiment(page).config.seed != 999_999


def test_every_control_in_the_sidebar_says_what_it_does():
    page = opened(data="Spiral", layers="6", penalty="L2")
    kinds = ("selectbox", "number_input", "slider", "button_group", "toggle", "button")
    controls = [element for element in everything(page.sidebar) if element.type in kinds]
    assert len(controls) >= 24
    assert {element.type for element in everything(page.sidebar) if hasattr(element, "value")} <= {
        *kinds, "markdown", "subheader", "caption"}, "a kind of control that this test does not know"
    for control in controls:
        assert len(control.proto.help) > 15, control.label


def test_a_link_presets_the_controls():
    page = opened(
        data="Spiral", samples="300", noise="10", draw="4", share="80", features=["x₁", "x₁²", "sin x₂"],
        layers="2", n1="8", n2="5", activation="tanh", output="tanh", start="xavier", seed="42",
        rate="0.003", optimizer="Adam", batch="10", loss="half mean squared error", penalty="L1", penalty_rate="0.01",
        shuffle="true",
    )
    shown = experiment(page)
    assert shown.table == DATASETS["spiral"].make(300, 10, 4)
    assert (shown.train_share, shown.split_seed, shown.features) == (80, 4, ("x1", "x1_squared", "sin_x2"))
    assert shown.config.hidden == (8, 5)
    assert (shown.config.activation, shown.config.output_activation) == ("tanh", "tanh")
    assert (shown.config.optimizer, shown.config.learning_rate, shown.config.batch_size) == ("adam", 0.003, 10)
    assert (shown.config.loss, shown.config.l1, shown.config.l2) == ("half_mse", 0.01, 0.0)
    assert (shown.config.seed, shown.config.shuffle) == (42, True)
    assert not page.error


@pytest.mark.parametrize("link", [
    {"data": "no such set"}, {"data": ""}, {"layers": "99"}, {"layers": "-1"}, {"layers": "2.5"}, {"n1": "1e9"},
    {"seed": "abc"}, {"seed": "-3"}, {"samples": "10000000", "data": "Circle"}, {"noise": "51", "data": "Circle"},
    {"share": "0"}, {"share": "1000"}, {"features": ["nothing"]}, {"activation": "<script>"}, {"batch": "0"},
    {"loss": "binary cross entropy", "output": "tanh"}, {"penalty": "L3"}, {"shuffle": "maybe"}, {"n6": "4"},
    {"split": "by lot"}, {"draw": "-1", "data": "Circle"}, {"rate": ""}, {"penalty": ["L1", "L2"]},
    {"unknown": "x" * 1000},
])
def test_nonsense_in_a_link_is_left_out(link):
    page = opened(**link)
    assert len(page.error) <= 1
    hidden = experiment(page).config.hidden
    assert len(hidden) <= 6 and all(1 <= neurons <= 8 for neurons in hidden)


BAD_RATES = ["abc", "-1", "nan", "inf", "1e999", "1e10", "", "0.1.2", "<b>1</b>", "1e", "0x10"]


@pytest.mark.parametrize("text", BAD_RATES)
def test_a_learning_rate_that_cannot_be_used_gets_a_sentence_and_the_last_good_one_stays(text):
    page = chosen(opened(), "rate", "0.03")
    run = page.session_state.session.run
    page = typed(page, "rate", text)
    assert len(page.error) == 1
    assert "Learning rate" in page.error[0].value and "0.03" in page.error[0].value
    assert "<" not in page.error[0].value
    assert experiment(page).config.learning_rate == 0.03
    assert page.session_state.session.run == run, "nothing has changed"
    page = chosen(page, "rate", "1")
    assert not page.error and experiment(page).config.learning_rate == 1.0


@pytest.mark.parametrize(("text", "rate"), [("0,25", 0.25), (" 2 ", 2.0), ("1e-4", 1e-4), ("0", 0.0), ("1000000", 1e6)])
def test_any_number_can_be_typed_as_learning_rate(text, rate):
    page = typed(opened(), "rate", text)
    assert not page.error
    assert experiment(page).config.learning_rate == rate


@pytest.mark.parametrize("text", ["abc", "-1", "nan", "1e10"])
def test_a_bad_learning_rate_in_a_link_gets_a_sentence(text):
    page = opened(rate=text)
    assert len(page.error) == 1
    assert experiment(page).config.learning_rate == Config().learning_rate


def test_a_bad_penalty_rate_gets_a_sentence_and_the_last_good_one_stays():
    page = chosen(opened(penalty="L2"), "penalty_rate", "0.1")
    page = typed(page, "penalty_rate", "much")
    assert len(page.error) == 1 and "Penalty rate" in page.error[0].value
    assert experiment(page).config.l2 == 0.1


def test_a_changed_learning_rate_continues_the_run_and_a_changed_seed_does_not():
    page = opened()
    session, first = page.session_state.session, page.session_state.session.run
    chosen(page, "rate", "0.3")
    assert (session.runs.lineage, session.runs.branched_at) == ({first: 1}, 0)
    page.number_input(key="seed").set_value(3)
    rendered(page)
    assert page.session_state.session is session and session.runs.lineage == {}


def test_no_inputs_gets_a_sentence_and_the_last_ones_stay():
    page = opened(features=["x₁", "x₁²"])
    assert experiment(page).features == ("x1", "x1_squared")
    (pills,) = [group for group in page.sidebar.button_group if group.key == "features"]
    pills.set_value([])
    rendered(page)
    assert len(page.error) == 1
    assert "at least one input" in page.error[0].value
    assert experiment(page).features == ("x1", "x1_squared")


def test_a_data_set_and_an_input_added_as_one_entry_are_on_the_page_and_in_the_link(monkeypatch):
    def diagonal(samples, noise, rng):
        X = rng.uniform(-5, 5, (samples, 2))
        return X, X[:, 0] > X[:, 1]

    monkeypatch.setitem(DATASETS, "diagonal", generated("Diagonal", "A line parts them.", diagonal))
    monkeypatch.setitem(FEATURES, "x1_cubed", Feature("{0}³", "The first input's cube.", lambda X: X[:, 0] ** 3))
    page = opened(data="Diagonal", features=["x₂", "x₁³"], samples="40")
    assert not page.error
    shown = experiment(page)
    assert shown.table == DATASETS["diagonal"].make(40, 0, 0) and shown.features == ("x2", "x1_cubed")
    assert shown.record().dataset.X[:, 1].tolist() == (shown.table.X[:, 0] ** 3).tolist()
    assert "Diagonal" in page.selectbox(key="data").options


def test_all_seven_inputs_can_be_used():
    page = opened()
    (pills,) = [group for group in page.sidebar.button_group if group.key == "features"]
    pills.set_value(["x1", "x2", "x1_squared", "x2_squared", "x1_x2", "sin_x1", "sin_x2"])
    rendered(page)
    assert experiment(page).view().sizes == (7, 2, 1)


def test_two_pages_do_not_share_a_session():
    one, two = opened(), opened()
    chosen(one, "data", "spiral")
    rendered(two)
    assert experiment(two).table == DATASETS["people"].make(4, 0, 0)


def linked(field, **settings):
    return opened(state=field, **settings)


def test_a_link_brings_the_table_the_points_and_the_weights_back():
    first = opened(rate="0.3")
    session = first.session_state.session
    session.runs.start_from([0.5] * 9)
    draft = session.link.draft
    session.link.draft = edited(draft, tuple(tuple("7" if cell == "25" else cell for cell in column)
                                        for column in draft.columns))
    session.link.own = Asked(("Zo\u00eb",), ((1.5, -2.0),))
    what = session.link.saved(session.runs, session.experiment.config)
    page = linked(written(what), rate="0.3")
    again = page.session_state.session
    assert experiment(page).table == session.link.draft.table != draft.table
    assert again.scene.view.asked == session.link.own
    assert again.runs.given == (0.5,) * 9
    assert not page.warning
    rendered(page)
    assert page.session_state.session is again, "the link is read once"
    next(button for button in page.main.button if button.label == "Back to the original table").click()
    rendered(page)
    assert experiment(page).table == draft.table


@pytest.mark.parametrize("field", ["2.abc", "1.%%%", "<script>", "1." + "A" * 100_000])
def test_a_link_that_cannot_be_read_gets_a_sentence_and_its_settings_hold(field):
    page = linked(field, rate="0.3")
    assert len(page.warning) == 1 and "link cannot be read in full" in page.warning[0].value
    assert experiment(page).config.learning_rate == 0.3
    rendered(page)
    assert not page.warning


def test_weights_that_do_not_go_with_the_network_of_a_link_get_a_sentence():
    session = opened().session_state.session
    session.runs.start_from([0.5] * 9)
    what = session.link.saved(session.runs, session.experiment.config)
    page = linked(written(what), n1="5")
    assert len(page.warning) == 1 and "do not go with this network" in page.warning[0].value
    assert page.session_state.session.runs.given == page.session_state.session.runs.drawn


def test_points_of_one_input_in_a_link_with_a_table_of_two_get_a_sentence():
    page = linked(packed({"asked": {"names": ["a"], "places": [[1]]}}))
    assert len(page.warning) == 1 and "points to predict do not go with this table" in page.warning[0].value
    assert page.session_state.session.scene.view.asked == DATASETS["people"].asked


def test_links_that_were_changed_at_random_give_a_page_without_a_traceback_or_markup():
    rng = random.Random(1)
    for _ in range(40):
        page = opened(**link(rng))
        assert page.session_state.session.message()
        for told in (*page.warning, *page.error):
            assert "<" not in told.value.replace("\\<", "")


def test_a_player_that_had_nothing_but_settings_gets_them_back_without_what_an_old_address_keeps():
    """After the server was lost the browser still sends the address of an earlier moment, whose edits were undone."""
    session = opened().session_state.session
    session.runs.start_from([0.5] * 9)
    page = linked(written(session.link.saved(session.runs, session.experiment.config)))
    assert page.session_state.session.runs.given == (0.5,) * 9
    page.session_state["restore"] = ""
    rendered(page)
    assert page.session_state.session.runs.given == page.session_state.session.runs.drawn


@pytest.mark.parametrize(("epoch", "at", "trained"), [
    ("30", 30, 89), ("0", 0, 59), ("", 0, 0), ("-3", 0, 0), ("1e3", 0, 0), ("²", 0, 0), ("x" * 9000, 0, 0),
])
def test_a_page_is_trained_to_the_epoch_in_its_address_and_a_second_beyond(epoch, at, trained):
    session = opened(epoch=epoch).session_state.session
    assert (session.here, session.recording.latest) == (at, trained)


def test_an_epoch_far_away_is_not_waited_for():
    session = opened(epoch="9" * 4000, n1="8", data="Circle").session_state.session
    assert 0 < session.here == session.recording.latest < 100_000, "on its way"


@pytest.mark.parametrize("tab", [HIDEABLE[name].title for name in TABS])
def test_no_place_of_the_page_is_filled_twice_in_a_run_so_that_nothing_blinks(monkeypatch, tab):
    page = opened()
    places = []
    enqueue = ScriptRunContext.enqueue
    monkeypatch.setattr(ScriptRunContext, "enqueue", lambda context, message: (
        places.append(tuple(message.metadata.delta_path)), enqueue(context, message)))
    page.session_state["tab"] = tab
    session, [history] = page.session_state.session, page.session_state.tables.values()
    page.session_state["table wishes"] = [lambda: history.change(edited(history.present, history.present.columns))]
    page.session_state["asked clicks"] = [(session.table, (1.0, 2.0))]
    rendered(page)
    assert history.past and "point 1" in session.scene.view.asked.names, "both editors are others than at the beginning"
    assert [place for place, times in Counter(filter(None, places)).items() if times > 1] == []
