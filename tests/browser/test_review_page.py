"""The review page in a real browser: quiet, closed to the outside, usable by anyone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

KINDS = ("example", "5 columns", "500 columns", "11 members", "hostile")
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
GRAVE = {"serious", "critical"}


@pytest.mark.parametrize("kind", KINDS)
def test_it_says_nothing_asks_for_nothing_and_shows_its_name(open_page, review, kind):
    path = review(kind)
    opened = open_page(path)
    opened.page.wait_for_load_state("networkidle")
    assert opened.said == []
    assert [url for url in opened.asked if not url.startswith("data:")] == [path.as_uri()]
    assert opened.page.title().startswith("Review: ")
    assert opened.page.locator("article.hunk").count() > 5


@pytest.mark.parametrize(
    ("kind", "viewport", "scheme"),
    [
        ("example", DESKTOP, "light"),
        ("example", PHONE, "dark"),
        ("5 columns", DESKTOP, "dark"),
        ("11 members", DESKTOP, "light"),
        ("hostile", PHONE, "light"),
    ],
    ids=str,
)
def test_axe_finds_nothing_grave(open_page, review, kind, viewport, scheme):
    page = open_page(review(kind), viewport=viewport, color_scheme=scheme).page
    page.eval_on_selector_all(
        "details:not(.fold)", "all => all.forEach(one => { one.open = true; })"
    )
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    grave = [
        (v["id"], v["nodes"][0]["html"][:200], v["nodes"][0].get("failureSummary"))
        for v in found
        if v["impact"] in GRAVE
    ]
    assert grave == []


@pytest.mark.parametrize("kind", KINDS)
def test_on_a_phone_only_tables_and_code_scroll_sideways(open_page, review, kind):
    page = open_page(review(kind), viewport=PHONE).page
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_filter_shows_the_changes_of_the_chosen_rules(open_page, review):
    page = open_page(review("example")).page
    hunks = page.locator("article.hunk")
    total = hunks.count()
    assert page.locator("article.hunk:visible").count() == total
    page.get_by_role("button", name="No rule").click()
    assert page.locator("article.hunk:visible").count() == 0
    page.get_by_label("load-local-data").check()
    shown = page.locator("article.hunk:visible")
    own = page.locator('article.hunk[data-rules~="load-local-data"]').count()
    assert 0 < shown.count() == own < total
    assert page.locator("#count").inner_text() == f"{own} of {total} changes shown"
    page.get_by_role("button", name="All rules").click()
    assert page.locator("article.hunk:visible").count() == total


def test_a_link_to_a_change_that_is_filtered_out_shows_it(open_page, review):
    page = open_page(review("example")).page
    page.get_by_role("button", name="No rule").click()
    page.locator(".rules a").first.click()
    target = page.evaluate("location.hash")
    assert page.locator(target).is_visible()


def test_unchanged_lines_fold(open_page, review):
    page = open_page(review("example")).page
    lines = page.locator(".fold .l:visible")
    assert lines.count() == 0
    page.get_by_role("button", name="Show unchanged lines").click()
    assert lines.count() > 300
    page.get_by_role("button", name="Show unchanged lines").click()
    assert lines.count() == 0


def test_one_column_puts_the_new_lines_under_the_old(open_page, review):
    page = open_page(review("example")).page
    pair = page.locator(".pair:has(del:not(.gap)):has(ins:not(.gap))").first
    old, new = (pair.locator(side).bounding_box() for side in ("del", "ins"))
    assert old["y"] == new["y"]
    page.get_by_role("button", name="One column").click()
    old, new = (pair.locator(side).bounding_box() for side in ("del", "ins"))
    assert old["x"] == new["x"]
    assert new["y"] >= old["y"] + old["height"]


def test_a_table_is_sorted_by_its_head(open_page, review):
    page = open_page(review("5 columns")).page
    table = page.get_by_role(
        "region", name="Importances of the raw columns by permutation"
    ).get_by_role("table")
    names = table.locator("tbody td:nth-child(2)")
    assert names.all_inner_texts() == ["age", "fee", "hours", "visits", "size"]
    table.get_by_role("button", name="importance").click()
    assert names.all_inner_texts() == ["size", "visits", "hours", "fee", "age"]
    table.get_by_role("button", name="column").click()
    assert names.all_inner_texts() == ["age", "fee", "hours", "size", "visits"]
    table.get_by_role("button", name="column").click()
    assert names.all_inner_texts() == ["visits", "size", "hours", "fee", "age"]


def test_rules_and_changes_lead_to_each_other(open_page, review):
    page = open_page(review("example")).page
    for rule in page.locator("input.rule").all():
        name = rule.get_attribute("value")
        entry = page.locator(f"#rule-{name}")
        for link in entry.locator(".places a").all():
            hunk = page.locator(link.get_attribute("href"))
            assert name in hunk.get_attribute("data-rules").split()
            back = hunk.locator("header a.tag", has_text=name).first
            assert back.get_attribute("href") == f"#rule-{name}"
    link.click()
    assert hunk.evaluate("hunk => hunk.matches(':target')")
    back.click()
    assert entry.evaluate("entry => entry.matches(':target')")


def test_a_warning_leads_to_its_line_though_it_is_folded(open_page, review):
    page = open_page(review("5 columns")).page
    links = page.locator('#warnings a[href^="#line-"]')
    assert links.count() > 0
    for link in links.all():
        link.click()
        target = page.locator(link.get_attribute("href"))
        assert target.is_visible()
        assert target.evaluate("line => line.matches(':target')")


def test_the_keyboard_is_enough(open_page, review):
    page = open_page(review("example")).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#main"
    wanted = "load-local-data"
    for _ in range(200):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.value") == wanted:
            break
    page.keyboard.press("Space")
    assert not page.get_by_label(wanted).is_checked()
    own = page.locator(f'article.hunk[data-rules="{wanted}"]')
    assert not own.first.is_visible()


def test_without_scripts_everything_is_there(open_page, review):
    page = open_page(review("example"), java_script_enabled=False).page
    assert page.locator("article.hunk:visible").count() == page.locator("article.hunk").count()
    assert not page.locator(".tools").is_visible()
    fold = page.locator(".fold").first
    fold.locator("summary").click()
    assert fold.locator(".l").first.is_visible()


def test_hostile_names_are_shown_and_do_nothing(open_page, review):
    opened = open_page(review("hostile"))
    page = opened.page
    assert page.locator("script").count() == 1
    assert "fail(" in page.locator("h1").inner_text()
    assert "{{7*7}}" in page.locator("h1").inner_text()
    assert "\\x1b[31m\\u202e\\nend" in page.locator("h1").inner_text()
    assert page.evaluate("typeof fail") == "undefined"


def test_in_print_nothing_is_cut_off(open_page, review):
    page = open_page(review("example")).page
    page.emulate_media(media="print")
    assert page.locator("nav:visible").count() == 0
    assert page.pdf().startswith(b"%PDF")
    wide = page.evaluate(
        "[...document.querySelectorAll('.pair code')].some(c => c.scrollWidth > c.clientWidth + 1)"
    )
    assert not wide


def test_every_member_and_every_column_is_in_the_picture(open_page, review):
    stages = open_page(review("11 members")).page.locator(".stage")
    assert stages.nth(1).locator(".card").count() == 11
    assert stages.nth(1).locator("meter").count() == 11
    names = open_page(review("500 columns")).page.locator(".stage").first.locator(".names li")
    assert names.count() == 500
    assert len(set(names.all_text_contents())) == 500
