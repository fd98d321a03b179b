"""The page of a comparison in a real browser: quiet, closed to the outside, usable by anyone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

TWO = ("example", "example")
SIX = ("example", "11 members", "5 columns", "example", "500 columns", "example")
ODD = ("hostile", "example", "hostile")
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
GRAVE = {"serious", "critical"}


@pytest.mark.parametrize("kinds", [TWO, SIX, ODD], ids=["two", "six", "odd"])
@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_it_says_nothing_asks_for_nothing_and_only_tables_scroll(
    open_page, comparison, kinds, viewport
):
    path = comparison(*kinds)
    opened = open_page(path, viewport=viewport)
    opened.page.wait_for_load_state("networkidle")
    assert opened.said == []
    assert opened.asked == [path.as_uri()]
    assert opened.page.title().startswith("Comparison: ")
    assert opened.page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


@pytest.mark.parametrize(
    ("kinds", "viewport", "scheme"),
    [
        (TWO, DESKTOP, "light"),
        (TWO, PHONE, "dark"),
        (SIX, DESKTOP, "dark"),
        (ODD, PHONE, "light"),
    ],
    ids=str,
)
def test_axe_finds_nothing_grave(open_page, comparison, kinds, viewport, scheme):
    page = open_page(comparison(*kinds), viewport=viewport, color_scheme=scheme).page
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    grave = [(v["id"], v["nodes"][0]["html"][:200]) for v in found if v["impact"] in GRAVE]
    assert grave == []


def test_light_and_dark_share_no_colour(open_page, comparison):
    colours = {}
    for scheme in ("light", "dark"):
        page = open_page(comparison(*TWO), color_scheme=scheme).page
        style = "getComputedStyle(document.body)"
        colours[scheme] = page.evaluate(f"[{style}.color, {style}.backgroundColor]")
    assert set(colours["light"]).isdisjoint(colours["dark"])


def test_the_keyboard_sorts_a_table(open_page, comparison):
    page = open_page(comparison(*TWO)).page
    names = page.get_by_role("region", name="Metrics").locator("tbody th")
    before = names.all_inner_texts()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "metric":
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert names.all_inner_texts() == sorted(before, key=str.lower, reverse=True)


def test_without_scripts_everything_is_there(open_page, comparison):
    page = open_page(comparison(*TWO), java_script_enabled=False).page
    for name in ("Metrics", "Importances", "Settings"):
        region = page.get_by_role("region", name=name, exact=True).last
        assert region.locator("tbody tr").count() > 0
        assert region.locator("tbody tr").first.is_visible()
    assert region.get_by_text("num_leaves").count() > 0
    assert page.locator("svg.dots circle").count() > 0


def test_hostile_names_are_shown_and_do_nothing(open_page, comparison):
    page = open_page(comparison(*ODD)).page
    assert page.locator("script").count() == 1
    assert page.locator("img").count() == 0
    for place in ("#models", "#metrics thead", "#importances tbody"):
        text = page.locator(place).first.inner_text()
        assert 'fail("{{7*7}}")' in text
        assert "\\x1b[31m\\u202e\\nend" in text
    assert page.evaluate("typeof fail") == "undefined"


def test_in_print_nothing_is_cut_off(open_page, comparison):
    page = open_page(comparison(*SIX)).page
    page.emulate_media(media="print")
    assert page.locator("nav:visible").count() == 0
    assert page.pdf().startswith(b"%PDF")
    cut = (
        "[...document.querySelectorAll('.scroll')].filter(e => e.scrollHeight > e.clientHeight + 1)"
    )
    assert page.evaluate(f"{cut}.length") == 0
