"""The figures: what Plotly holds once the viewer rests, and that no figure is ever mounted again."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from playground.data import Table, threshold, write_csv
from playground.nn import Config, predict
from tests.browser.core import Core
from tests.browser.playground import Playground
from tests.browser.test_playback import CIRCLE, circle
from tests.browser.test_table import choose_file

Visit = Callable[..., Playground]

# In which order the figures get new data, when a step is made, and where one points then, if one does.
NOTE_ORDER = """() => {
  window.settled = [];
  for (const plot of document.querySelectorAll('.js-plotly-plot')) {
    plot.on('plotly_restyle', () => settled.push(plot.closest('.frame').id));
  }
}"""
STEP_AND_POINT = """(figure) => {
  window.settled = [];
  document.querySelector('[data-do=step]').click();
  if (figure) document.getElementById(figure).dispatchEvent(new PointerEvent('pointerenter'));
}"""


def test_at_rest_the_figures_hold_the_weights_predictions_and_mistakes_of_the_epoch_on_screen(visit: Visit) -> None:
    core, page = circle(), visit(**CIRCLE)
    page.run_to(40)
    page.press("Step")
    page.at(41)
    page.rest()
    state = core.state(41)

    by_text = {str(trace.get("texttemplate")): trace for trace in page.data("network")}
    weights = np.concatenate([W.ravel() for W in state.weights])
    biases = np.concatenate(state.biases)
    np.testing.assert_allclose(by_text["%{customdata:+.2f}"]["customdata"], weights, rtol=1e-6)
    np.testing.assert_allclose(by_text["b %{customdata:+.2f}"]["customdata"], biases, rtol=1e-6)
    drawn = page.page.locator("[data-testid=figure-network] .textpoint").all_text_contents()
    assert {f"{weight:+.2f}" for weight in weights} <= set(drawn)
    negative = sum(x is None for trace in page.data("network")[:6] for x in trace["x"])
    assert negative == (weights < 0).sum()

    heatmap, _contour, *points = page.data("boundary")
    nodes = np.column_stack([np.tile(heatmap["x"], len(heatmap["y"])), np.repeat(heatmap["y"], len(heatmap["x"]))])
    predicted = predict(core.config, state, nodes).reshape(len(heatmap["y"]), -1)
    np.testing.assert_allclose(heatmap["z"], predicted, atol=0.02)
    outputs = predict(core.config, state, core.table.X)[:, 0]
    mistaken = core.table.X[(outputs > threshold(core.table, "tanh")) != (core.table.y == 1)]
    ringed = next(trace for trace in points if trace["marker"]["symbol"] == "circle-open" and not trace.get("name"))
    assert set(zip(ringed["x"], ringed["y"], strict=True)) == set(map(tuple, mistaken.tolist()))

    curve = next(trace for trace in page.data("loss") if trace.get("name") == "train" and len(trace["x"]) > 2)
    assert curve["x"] == list(range(42))
    np.testing.assert_allclose(curve["y"], [core.state(epoch).train_loss for epoch in range(42)], rtol=1e-6)


def test_a_figure_that_is_pointed_at_answers_for_the_epoch_on_screen_before_all_others_do(visit: Visit) -> None:
    page = visit()
    page.rest()
    page.page.evaluate(NOTE_ORDER)
    order = ["figure-network", "figure-boundary", "figure-loss"]

    def steps(figure: str | None) -> list[str]:
        page.known()
        page.page.evaluate(STEP_AND_POINT, figure)
        page.page.wait_for_function("(figures) => figures.every((figure) => settled.includes(figure))", arg=order)
        return page.page.evaluate("settled")

    assert steps(None)[:3] == order
    assert steps("figure-loss")[:3] == ["figure-loss", "figure-network", "figure-boundary"]
    page.page.get_by_test_id("figure-boundary").hover()                 # the pointer stays there
    assert steps(None)[:3] == ["figure-boundary", "figure-network", "figure-loss"]


def test_a_run_of_the_page_that_changes_no_figure_gives_plotly_nothing_to_do(visit: Visit) -> None:
    page = visit()
    page.run_to(12)
    page.known()
    page.rest()
    page.page.evaluate(NOTE_ORDER)
    page.page.get_by_role("tab", name="Export").click()
    page.expect(page.page.get_by_role("button", name="Python script")).to_be_visible()
    page.settled()
    page.known()
    page.rest()
    assert page.page.evaluate("settled") == []
    page.press("Step")
    page.at(13)
    page.rest()
    assert "figure-loss" in page.page.evaluate("settled")


def test_no_figure_is_mounted_again_by_steps_chunks_playing_jumping_or_a_changed_rate(visit: Visit) -> None:
    page = visit(**CIRCLE)
    page.rest()
    page.mark()
    page.press("Step")
    page.at(1)
    assert page.unmoved()
    page.press("Step back")
    page.at(0)
    page.press("Play")
    page.beyond(100)                                                    # several chunks
    page.press("Pause")
    page.paused()
    page.rest()
    assert page.unmoved()
    page.run_to(1000)
    page.press("Restart")
    page.at(0)
    page.rest()
    assert page.unmoved()
    page.choose("Learning rate", "0.3")
    page.expect(page.page.get_by_text("before the change").first).to_be_visible()
    page.press("Step")
    page.at(1)
    page.rest()
    assert page.unmoved()


def test_many_chunks_and_reruns_of_the_page_leave_no_listeners_behind(visit: Visit) -> None:
    page = visit()
    page.press("Step")
    page.at(1)
    page.rest()
    devtools = page.page.context.new_cdp_session(page.page)

    def counted() -> dict[str, int]:
        devtools.send("HeapProfiler.collectGarbage")
        return devtools.send("Memory.getDOMCounters")

    before = counted()
    page.press("Play")
    for rate in ("0.09", "0.08", "0.07", "0.06", "0.05"):                # each reruns the page
        page.choose("Learning rate", rate)
        page.page.wait_for_url(f"**rate={rate}*")
        page.beyond(page.epoch + 15)
    page.press("Pause")
    page.paused()
    page.rest()
    after = counted()
    assert after["jsEventListeners"] <= before["jsEventListeners"] + 60
    assert after["nodes"] <= before["nodes"] + 400


def test_a_dark_page_has_dark_figures(visit: Visit) -> None:
    from playground.figures.theme import THEMES

    page = visit({"color_scheme": "dark"})
    page.press("Step")
    page.at(1)
    page.rest()
    ticks = page.page.locator("[data-testid=figure-boundary] .xtick text").first
    page.expect(ticks).to_have_css("fill", _rgb(THEMES["dark"].muted))
    assert page.losses == Core().losses(1)
    colours = {trace["line"]["color"] for trace in page.data("loss") if trace.get("name") == "train"}
    assert colours == {THEMES["dark"].losses[0]}


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(value) for value in bytes.fromhex(colour.removeprefix('#')))})"


def test_measures_follow_every_epoch_without_asking_the_server(visit: Visit) -> None:
    config = Config((3,), "tanh", "softmax", "cross_entropy")
    core = Core(config, "three_arms", share=50)
    page = visit(data="Three arms", n1=3, activation="tanh", share=50)
    page.run_to(20)
    page.rest()
    page.expect(page.page.locator(".status")).to_be_empty()
    page.cut_off()
    for epoch in (19, 18, 17):
        page.press("Step back")
        page.at(epoch)
        state = core.state(epoch)
        for of, rows in (("train", core.rows), ("test", core.held_back)):
            answers = predict(config, state, core.table.X[rows]).argmax(axis=1)
            right = 100 * (answers == core.table.y[rows]).mean()
            assert page.page.get_by_test_id(f"{of}-accuracy").inner_text() == f"{right:.1f} %"


def test_hovering_over_a_territory_says_which_class_wins_there_and_how_far_it_leads(visit: Visit) -> None:
    core = Core(Config(output_activation="softmax", loss="cross_entropy"), "iris")
    page = visit(data="Iris")
    page.run_to(30)
    page.rest()
    plane = page.page.locator("[data-testid=figure-boundary] .nsewdrag").first
    box = plane.bounding_box()
    assert box
    heatmap, *_ = page.data("boundary")
    for share_x, share_y in ((0.1, 0.9), (0.9, 0.1)):
        plane.hover(position={"x": share_x * box["width"], "y": share_y * box["height"]})
        row, column = round((1 - share_y) * 60), round(share_x * 60)
        (outputs,) = predict(core.config, core.state(30), [[heatmap["x"][column], heatmap["y"][row]]])
        winner = core.table.classes[outputs.argmax()]
        label = page.page.locator("[data-testid=figure-boundary] .hoverlayer .hovertext").filter(has_text="wins")
        page.expect(label).to_contain_text(f"{winner} wins")
        page.expect(label).to_contain_text("times as likely as the next class")
        page.expect(label).to_contain_text("petal width")


# The colour of the picture at a place of the plane.
COLOUR = """([x, y]) => {
  const frame = document.querySelector('[data-testid=figure-boundary]');
  const { xaxis, yaxis, margin } = frame.querySelector('.plot')._fullLayout;
  const canvas = frame.querySelector('canvas');
  const at = (axis, value, length) => (value - axis.range[0]) / (axis.range[1] - axis.range[0]) * length;
  const [left, top] = [margin.l + at(xaxis, x, xaxis._length), margin.t + yaxis._length - at(yaxis, y, yaxis._length)];
  return [...canvas.getContext('2d').getImageData(Math.round(left), Math.round(top), 1, 1).data];
}"""


def test_thousands_of_points_are_painted_on_the_picture_and_plotly_does_not_slow_down(visit: Visit) -> None:
    X = np.random.default_rng(0).uniform(2, 4, (1500, 2)).round(2)
    X[0], y = (-3.0, -3.0), np.arange(1500) % 2
    page = visit()
    page.press("Your own data")
    many = write_csv(Table(("a", "b"), "c", ("no", "yes"), ("",) * 1500, X, y))
    choose_file(page, "many.csv", many)
    page.press("Use this table")
    page.expect(page.page.get_by_text("many.csv, 1500 rows").first).to_be_visible()
    page.page.wait_for_function("document.querySelector('[data-testid=figure-boundary] .xtitle')?.textContent === 'a'")
    page.press("Step")
    page.at(1)
    page.rest()
    assert page.page.evaluate(COLOUR, [-3, -3])[:3] == [0xB3, 0x47, 0x00], "the colour of class 0"
    assert page.page.locator("[data-testid=figure-boundary] .points path").count() < 20
