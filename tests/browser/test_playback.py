"""The main job: play, pause, step, step back, scrub, jump; every epoch on screen is the core's."""

from collections.abc import Callable

from playground.nn import Config
from tests.browser.core import Core
from tests.browser.playground import Playground

Visit = Callable[..., Playground]

CIRCLE = {"data": "Circle", "share": 50, "rate": "0.03", "activation": "tanh", "output": "tanh", "batch": 10,
          "layers": 2, "n1": 4, "n2": 2, "loss": "half mean squared error"}
CIRCLE_CONFIG = Config((4, 2), "tanh", "tanh", "half_mse", learning_rate=0.03, batch_size=10)


def circle() -> Core:
    return Core(CIRCLE_CONFIG, "circle", share=50)


def test_every_way_of_moving_shows_its_epoch_with_the_losses_of_the_core(visit: Visit) -> None:
    core, page = circle(), visit(**CIRCLE)
    assert page.losses == core.losses(0)
    for epoch in (1, 2, 3):
        page.press("Step")
        page.at(epoch)
        assert page.losses == core.losses(epoch)
    page.press("Step back")
    page.at(2)
    assert page.losses == core.losses(2)

    page.press("Play")
    page.beyond(60)
    page.press("Pause")
    page.paused()
    stopped = page.epoch
    assert page.losses == core.losses(stopped)
    page.press("Step")                                                  # a step from here: nothing went on meanwhile
    page.at(stopped + 1)
    assert page.losses == core.losses(stopped + 1)

    page.run_to(700)
    assert page.losses == core.losses(700)
    page.run_to(12)                                                     # long behind, no longer held by the player
    assert page.losses == core.losses(12)
    page.press("Step back")
    page.at(11)
    assert page.losses == core.losses(11)
    page.press("Restart")
    page.at(0)
    assert page.losses == core.losses(0)


def test_keys_play_pause_step_and_go_to_both_ends_unless_they_are_typed_into_a_field(visit: Visit) -> None:
    core, page = Core(), visit()
    field = page.page.locator("form[data-do=goto] input")
    field.fill("30")
    for key in ("Space", "ArrowRight"):
        field.press(key)
    page.page.get_by_role("combobox", name="Learning rate").press("ArrowRight")
    page.page.keyboard.press("Escape")
    page.paused()
    assert page.epoch == 0

    keys = page.page.keyboard
    page.page.evaluate("document.activeElement.blur()")
    keys.press("ArrowRight")
    page.at(1)
    keys.press("ArrowRight")
    page.at(2)
    assert page.losses == core.losses(2)
    keys.press("ArrowLeft")
    page.at(1)
    keys.press("Space")
    page.beyond(20)
    keys.press("Space")
    page.paused()
    last = page.epoch
    keys.press("Home")
    page.at(0)
    assert page.losses == core.losses(0)
    keys.press("End")
    page.at(last)
    assert page.losses == core.losses(last)


def test_scrubbing_shows_the_epoch_under_the_finger(visit: Visit) -> None:
    core, page = circle(), visit(**CIRCLE)
    page.run_to(200)
    bar = page.page.locator("input[data-do=scrub]")
    box = bar.bounding_box()
    assert box
    mouse, height = page.page.mouse, box["y"] + box["height"] / 2
    mouse.move(box["x"] + box["width"] - 6, height)
    mouse.down()
    for share in (0.8, 0.6, 0.4):
        mouse.move(box["x"] + share * box["width"], height)
    mouse.up()
    page.page.wait_for_function("""() => {
      const epoch = Number(document.querySelector('[data-testid=epoch]').textContent);
      return 75 <= epoch && epoch <= 85;
    }""")
    chosen = page.epoch
    assert bar.input_value() == str(chosen)
    assert page.losses == core.losses(chosen)

    bar.press("ArrowLeft")
    page.at(chosen - 1)
    assert page.losses == core.losses(chosen - 1)
    bar.press("End")
    page.at(200)
    bar.press("Home")
    page.at(0)
    assert page.losses == core.losses(0)
    assert bar.input_value() == "0"


def test_a_hundred_epochs_a_frame_skips_none_and_leaves_the_step_at_one(visit: Visit) -> None:
    core, page = Core(), visit()
    page.page.locator("select[data-do=stride]").select_option("100")
    page.press("Play")
    page.beyond(1500)
    page.press("Pause")
    page.paused()
    stopped = page.epoch
    assert stopped % 100 == 0
    assert page.losses == core.losses(stopped)
    page.press("Step back")
    page.at(stopped - 1)
    assert page.losses == core.losses(stopped - 1)
    page.press("Step")
    page.press("Step")
    page.at(stopped + 1)
    assert page.losses == core.losses(stopped + 1)


def test_epochs_that_the_recording_thinned_out_are_shown_exactly(visit: Visit) -> None:
    """An 8 MB recording holds fewer than 900 epochs of this network with Adam's memory."""
    widths = {f"n{i}": 8 for i in range(1, 7)}
    page = visit(layers=6, **widths, optimizer="Adam", batch=4, rate="0.001")
    core = Core(Config((8,) * 6, optimizer="adam", batch_size=4, learning_rate=0.001))
    page.run_to(2500)
    assert page.losses == core.losses(2500)
    for epoch in (1237, 1601):
        page.run_to(epoch)
        assert page.losses == core.losses(epoch)


def test_run_until_a_loss_stops_at_the_first_epoch_below_it_which_solves_the_spiral(visit: Visit) -> None:
    page = visit(data="Spiral", layers=3, n1=8, n2=8, n3=8, activation="tanh", output="tanh", optimizer="Adam",
                 rate="0.01", batch=10, loss="half mean squared error")
    core = Core(Config((8, 8, 8), "tanh", "tanh", "half_mse", "adam", 0.01, 10), "spiral")
    page.until(0.02)
    solved = page.epoch
    assert page.losses == core.losses(solved)
    assert core.state(solved).train_loss < 0.02
    assert min(core.state(epoch).train_loss for epoch in range(solved)) >= 0.02
    page.press("Step back")
    page.at(solved - 1)
    assert page.losses == core.losses(solved - 1)
