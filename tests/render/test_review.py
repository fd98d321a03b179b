"""The review page holds the whole diff with its reasons, and nothing of a script acts in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from named_script import Names, script_with

from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files, stale_of, write_folder
from codegen_fi.render.patch import read_patch
from codegen_fi.render.review.page import _public_line
from codegen_fi.rewrite import rewrite
from codegen_fi.workflow.reviewing import write_review

VOID = {"meta", "input", "img", "br"}
HOSTILE = (
    "<script>alert(1)</script>",
    '" onload="alert(1)',
    "{{7*7}}",
    "</style><b>",
    "\x1b[31mred",
    "two\nlines",
    "\u202eright to left",
)


class Page(HTMLParser):
    """What a browser would see: the tags, and the lines of the diff with their rules."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.open, self.lines, self.texts = [], [], [], []
        self.rules = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "article":
            self.rules = attributes["data-rules"]
        if tag == "b" and "data-n" in attributes and {"del", "ins"} & set(self.open):
            side = "-" if "del" in self.open else "+"
            self.lines.append([side, int(attributes["data-n"]), "", self.rules])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "code" in self.open and {"del", "ins"} & set(self.open):
            self.lines[-1][2] += data
        if not {"style", "script"} & set(self.open):
            self.texts.append(data)


def emission(text):
    script = parse_script(text)
    return Emission(text.encode(), script.model, rewrite(script), {"kind": "test"})


def named(name):
    """Return a script with a name as its label, column, weights, run and dataset."""
    names = Names(f"l{name}", f"w{name}", [[name, "a"]], [False], f"r{name}", f"d{name}")
    return script_with(names)


@pytest.fixture
def files(emitted):
    return emitted


def page_of(files):
    return Page(files["review.html"].decode("utf-8"))


def changed(diff):
    """The changed lines of the patch: side, number in its own file, text, rules of the hunk."""
    old = new = 0
    rules = set()
    for line in diff.split("\n"):
        if hunk := re.match(r"@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(.*)", line):
            old, new = (int(hunk[n]) + (hunk[n + 1] == "0") for n in (1, 3))
            rules = set(re.findall(r"\[([a-z-]+)\]", hunk[5]))
        elif rules and line[:1] in {"-", "+", " "}:
            if line[0] != " ":
                yield line[0], old if line[0] == "-" else new, line[1:].rstrip("\r"), rules
            old += line[0] != "+"
            new += line[0] != "-"


def test_every_changed_line_of_the_patch_is_there_with_its_rules(files):
    expected = list(changed(files["changes.diff"].decode("utf-8")))
    found = [(*line[:3], set(line[3].split())) for line in page_of(files).lines]
    assert expected
    assert found == expected


def test_the_rest_of_the_script_is_there_too(files):
    page = files["review.html"].decode("utf-8")
    shown = {int(n) for n in re.findall(r'<div class="l"><b data-n="(\d+)">', page)}
    removed = {number for side, number, *_ in page_of(files).lines if side == "-"}
    lines = files["script.py"].decode("utf-8").rstrip("\n").count("\n") + 1
    assert shown | removed >= set(range(1, lines + 1))


def test_nothing_comes_from_outside_and_no_style_or_script_but_its_own(files):
    text = files["review.html"].decode("utf-8")
    tags = page_of(files).tags
    policy = next(a["content"] for t, a in tags if a.get("http-equiv"))
    for tag in ("style", "script"):
        (body,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'; img-src data:;")
    for _, attributes in tags:
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert attributes.get("src", "data:").startswith("data:")
    linked = {a["href"] for t, a in tags if t == "a" and not a["href"].startswith("#")}
    assert all(link.startswith("https://") for link in linked)


def test_links_lead_somewhere_and_ids_are_unique(files):
    tags = page_of(files).tags
    ids = [a["id"] for _, a in tags if "id" in a]
    assert len(ids) == len(set(ids))
    inside = {a["href"][1:] for t, a in tags if t == "a" and a["href"].startswith("#")}
    assert inside <= set(ids)
    assert {a["aria-labelledby"] for _, a in tags if "aria-labelledby" in a} <= set(ids)


def test_the_same_script_gives_the_same_page(files):
    again = render_files(emission(files["script.py"].decode("utf-8")))
    assert again["review.html"] == files["review.html"]


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_hostile_names_are_text(name):
    files = render_files(emission(named(name)))
    page = page_of(files)
    allowed = {tag for tag, _ in page_of(render_files(emission(named("plain")))).tags}
    assert {tag for tag, _ in page.tags} <= allowed
    assert sum(tag == "script" for tag, _ in page.tags) == 1
    shown = "".join(page.texts)
    assert not {"\x1b", "\u202e"} & set(shown)
    visible = "".join(c if c.isprintable() else ascii(c)[1:-1] for c in name)
    assert visible in shown


def test_a_training_puts_its_results_on_the_page(demo_files, tmp_path):
    folder, outputs = tmp_path / "model", tmp_path / "model" / "outputs"
    write_folder(demo_files, folder)
    assert "Not trained yet" in (folder / "review.html").read_text(encoding="utf-8")
    outputs.mkdir()
    (outputs / "metrics.json").write_text(json.dumps({"metrics": {"<b>AUC": 0.875, "iou": None}}))
    (outputs / "feature_importance.png").write_bytes(b"a picture")
    header = {
        "scoring": "accuracy", "baseline": 0.8, "split": "validation", "rows_used": 9,
        "rows_available": 9, "packages": {}, "skipped": [["rows", "a part of them"]],
        "failures": [["shap", "no memory"]],
        "correlated": [{"name": "g", "columns": ["<i>", "b"], "strength": 0.9375}],
    }  # fmt: skip
    (outputs / "feature_importance.json").write_text(json.dumps(header), encoding="utf-8")
    write_review(folder, outputs)
    text = (folder / "review.html").read_text(encoding="utf-8")
    assert "Not trained yet" not in text
    assert "&lt;b&gt;AUC" in text
    assert "0.875" in text
    assert "not defined" in text
    assert "a part of them" in text
    assert "shap failed" in text
    assert "&lt;i&gt;, b move together (0.94)" in text
    assert base64.b64encode(b"a picture").decode() in text
    # The manifest knows the new page: nothing is stale, and nothing is an edit of the user's.
    assert stale_of(demo_files, folder) == ()
    write_folder(demo_files, folder, force=True)


def test_a_page_that_the_user_edited_stays(demo_files, tmp_path):
    write_folder(demo_files, tmp_path / "model")
    page = tmp_path / "model" / "review.html"
    page.write_text("mine", encoding="utf-8")
    (tmp_path / "outputs").mkdir()
    write_review(tmp_path / "model", tmp_path / "outputs")
    assert page.read_text(encoding="utf-8") == "mine"
    assert stale_of(demo_files, tmp_path / "model") == ("review.html",)


def test_a_patch_is_read_back_as_it_was_written(files):
    text = files["changes.diff"].decode("utf-8")
    patch = read_patch(text)
    assert patch.text() == text
    assert [hunk.first for hunk in patch.hunks] == sorted(hunk.first for hunk in patch.hunks)
    assert set(patch.rules()) == {rule for *_, rules in changed(text) for rule in rules}
    assert sum(len(patch.by({rule}).hunks) for rule in patch.rules()) >= len(patch.hunks)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("    signature = infer_signature(X, y)", True),
        ("    log_model(signature=signature, artifact_path='outputs/')", True),
        ("    password='hunter22'", False),
        ("    {'client_secret': 'hunter22'}", False),
        ("    # sig=hunter22", False),
        ("    see https://host/path?sig=hunter22", False),
    ],
)
def test_a_secret_in_a_line_is_hidden_and_code_is_not(line, shown):
    assert (_public_line(line) == line) == shown
    assert shown or "hunter22" not in _public_line(line)


def test_a_training_of_an_edited_script_leaves_the_page_as_it_is(demo_files, tmp_path):
    write_folder(demo_files, tmp_path / "model")
    (tmp_path / "model" / "train.py").write_text("print('mine')\n", encoding="utf-8")
    write_review(tmp_path / "model", tmp_path / "outputs")
    assert (tmp_path / "model" / "review.html").read_bytes() == demo_files["review.html"]
