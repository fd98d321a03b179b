"""The review page holds the whole diff with its reasons, and nothing of a script acts in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from markupsafe import escape
from named_script import Names, script_with

from codegen_fi.model.options import Options
from codegen_fi.parse import parse_script
from codegen_fi.render import Emission, render_files, stale_of, write_folder
from codegen_fi.render.patch import read_patch
from codegen_fi.render.review.by_hand import as_written
from codegen_fi.render.review.public import public_line
from codegen_fi.render.review.results import read_results_view
from codegen_fi.rewrite import rewrite
from codegen_fi.workflow.reviewing import write_review

VOID = {"meta", "input", "img", "br", "wbr"}
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
        self.tags, self.open, self.lines, self.kept, self.texts = [], [], [], [], []
        self.rules = self.side = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self.tags.append((tag, attributes))
        if tag not in VOID:
            self.open.append(tag)
        if tag in {"article", "section"}:
            self.side = ""
        if tag == "article":
            self.rules = attributes["data-rules"]
        if tag == "div" and attributes.get("class") in {"left", "right"}:
            self.side = attributes["class"]
        if tag == "b" and "data-n" in attributes:
            self._number(int(attributes["data-n"]))

    def _number(self, number):
        if {"del", "ins"} & set(self.open):
            self.lines.append(["-" if "del" in self.open else "+", number, "", self.rules])
        else:
            self.kept.append([self.side, number, ""])

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "code" in self.open and {"left", "right", "del", "ins"} & {self.side, *self.open}:
            changed = {"del", "ins"} & set(self.open)
            (self.lines if changed else self.kept)[-1][2] += data
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


def test_the_rest_of_both_scripts_is_there_too_each_on_its_side(files):
    page = page_of(files)
    # A line that stayed has both numbers on the left, its text behind the second.
    left = [line for line in page.kept if line[0] == "left"]
    olds, news = left[::2], left[1::2]
    rights = [line[1:] for line in page.kept if line[0] == "right"]
    assert [line[1:] for line in news] == rights
    for name, side, numbers in (("script.py", "-", olds), ("train.py", "+", news)):
        text = files[name].decode("utf-8").rstrip("\n").split("\n")
        changed_here = {number: line for s, number, line, _ in page.lines if s == side}
        shown = {old[1]: new[2] for old, new in zip(numbers, news, strict=True)}
        assert not set(shown) & set(changed_here)
        whole = {**shown, **changed_here}
        assert [whole[n] for n in range(1, len(text) + 1)] == [line.rstrip("\r") for line in text]


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
    assert (public_line(line) == line) == shown
    assert shown or "hunter22" not in public_line(line)


@pytest.fixture
def folder(demo_files, tmp_path):
    write_folder(demo_files, tmp_path / "model")
    return tmp_path / "model"


def edit(folder, *replacements):
    path = folder / "train.py"
    text = path.read_text(encoding="utf-8")
    for old, new in replacements:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    write_review(folder, folder / "outputs")
    return Page((folder / "review.html").read_text(encoding="utf-8"))


def by_rule(page, rule):
    return [line[2] for line in page.lines if rule in line[3].split()]


def test_an_edited_train_py_is_laid_beside_the_script_with_what_no_rule_made(folder, demo_files):
    written = demo_files["train.py"].decode("utf-8")
    assert (
        as_written(demo_files["script.py"].decode(), demo_files["changes.diff"].decode()) == written
    )
    page = edit(
        folder,
        ("num_leaves=15", "num_leaves=7"),
        ("    try:\n        main", "    try:  # mine\n        main"),
    )
    mine = [line for line in by_rule(page, "edited-by-hand") if "num_leaves" in line]
    assert [line.strip() for line in mine] == ["num_leaves=15,", "num_leaves=7,"]
    assert any("# mine" in line for line in by_rule(page, "edited-by-hand"))
    shown = "".join(page.texts)
    assert "edited by hand since, in 2 places" in shown
    assert "since it was edited" in shown
    # The picture is of what is trained now.
    assert "num_leaves7" in shown
    assert "num_leaves15" not in shown
    now = (folder / "train.py").read_text(encoding="utf-8").rstrip("\n").split("\n")
    new = {number: line for side, number, line, _ in page.lines if side == "+"}
    assert all(line == now[number - 1] for number, line in new.items())
    rules = {rule for *_, rules in page.lines for rule in rules.split()}
    before = {rule for *_, rules in page_of(demo_files).lines for rule in rules.split()}
    assert rules == {*before, "edited-by-hand"}


def test_the_edits_of_rules_keep_their_hunks_beside_those_of_a_hand(folder, demo_files):
    page = edit(folder, ("num_leaves=15", "num_leaves=7"))
    untouched = [line for line in page.lines if "edited-by-hand" not in line[3]]
    assert untouched == page_of(demo_files).lines


def test_an_edit_that_was_taken_back_is_said(folder):
    page = edit(folder, ("    Run.start(args)\n", ""), ("run.save_model(model)", "pass"))
    shown = "".join(page.texts)
    assert "Edits taken back by hand" in shown
    assert not [line for line in page.lines if "Run.start" in line[2]]


def test_a_train_py_that_is_another_file_now_is_all_by_hand(folder):
    (folder / "train.py").write_text("print('mine')\n", encoding="utf-8")
    write_review(folder, folder / "outputs")
    page = Page((folder / "review.html").read_text(encoding="utf-8"))
    assert {rules for *_, rules in page.lines} == {"edited-by-hand"}
    assert [line for side, _, line, _ in page.lines if side == "+"] == ["print('mine')"]
    assert "form that can't be drawn" in "".join(page.texts)


@pytest.mark.parametrize("lost", ["changes.diff", "script.py"])
def test_an_edited_train_py_without_what_it_was_made_of_leaves_the_page(folder, demo_files, lost):
    (folder / lost).unlink()
    (folder / "train.py").write_text("print('mine')\n", encoding="utf-8")
    write_review(folder, folder / "outputs")
    assert (folder / "review.html").read_bytes() == demo_files["review.html"]


def test_a_page_of_an_edited_script_is_written_anew_when_the_edit_is_gone(folder, demo_files):
    edit(folder, ("num_leaves=15", "num_leaves=7"))
    (folder / "train.py").write_bytes(demo_files["train.py"])
    write_review(folder, folder / "outputs")
    assert (folder / "review.html").read_bytes() == demo_files["review.html"]


def test_each_hunk_names_rule_reason_lines_and_source_and_each_rule_its_hunks(demo_files):
    text = demo_files["review.html"].decode("utf-8")
    content = json.loads(demo_files["codegen-fi.json"])
    headers = re.findall(
        r'<article class="hunk" id="(hunk-\d+)".*?<header>(.*?)</header>', text, re.DOTALL
    )
    assert headers
    for _, header in headers:
        reasons = re.findall(r"<p>.*?</p>", header)
        assert reasons
        for reason in reasons:
            assert re.search(r'href="#rule-[a-z-]+"', reason)
            assert re.search(r"<cite>(lines?|before line) .*, source: \S", reason)
    for change in content["changes"]:
        assert escape(change["why"]) in text
        if (change["source"] or "").startswith("https://"):
            assert f'href="{escape(change["source"])}"' in text
    rules = dict(re.findall(r'<li id="rule-([a-z-]+)">(.*?)</li>', text, re.DOTALL))
    for rule, entry in rules.items():
        linked = set(re.findall(r'href="#(hunk-\d+)"', entry))
        assert linked == {hunk for hunk, header in headers if f'href="#rule-{rule}"' in header}


def test_replaced_arguments_and_correlated_columns_are_among_the_warnings(folder, demo_files):
    outputs = folder / "outputs"
    outputs.mkdir()
    (outputs / "metrics.json").write_text('{"metrics": {"accuracy": 1.0}}')
    header = {"rows_used": 9, "rows_available": 9, "split": "training",
              "correlated": [{"columns": ["tenure", "fee"], "strength": 0.9}]}  # fmt: skip
    (outputs / "feature_importance.json").write_text(json.dumps(header))
    (outputs / "run.log").write_text(
        "INFO: Read 1,200 rows x 13 columns from /somewhere/of mine.csv\n"
    )
    write_review(folder, outputs)
    text = (folder / "review.html").read_text(encoding="utf-8")
    warnings = text[text.index('id="warnings"') : text.index('id="results"')]
    changes = json.loads(demo_files["codegen-fi.json"])["changes"]
    replaced = [c for c in changes if c["rule"] == "replace-removed-arguments"]
    assert replaced
    for change in replaced:
        assert f"line {change['first_line']}</a> {escape(change['why'])}" in warnings
    assert "tenure, fee move together (0.90)" in warnings
    assert "1 warning to read" in text
    assert "1,200 rows × 13 columns" in text
    assert "of mine.csv" in text
    assert "/somewhere" not in text


def test_the_page_says_how_to_get_it_again(named_options):
    text = named_options["review.html"].decode("utf-8")
    assert (
        "codegen-fi rewrite script.py --out DIR --fix refit-on-all-rows --skip drop-telemetry"
        in text
    )
    assert "<dt><bdi>Left out</bdi></dt><dd><bdi>drop-telemetry</bdi></dd>" in text
    for name, digest in json.loads(named_options["codegen-fi.json"])["files"].items():
        assert name == "review.html" or digest in text


@pytest.fixture
def named_options():
    script = parse_script(named("plain"))
    options = Options(skip=frozenset({"drop-telemetry"}), fixes=frozenset({"refit-on-all-rows"}))
    given = {
        "runtime": "portable",
        "rules": None,
        "skip": ["drop-telemetry"],
        "fixes": ["refit-on-all-rows"],
    }
    return render_files(
        Emission(
            script.text.encode(),
            script.model,
            rewrite(script, options),
            {"kind": "test"},
            options=given,
        )
    )


def test_groups_that_were_shuffled_together_have_a_table(folder):
    head = (
        "method,space,model,feature,raw_feature,importance,std,ci_low,ci_high,share,rank,note,class"
    )
    row = "permutation,{},model,{},{},0.5,0,0.4,0.6,0.5,{},,"
    lines = [
        head,
        row.format("raw", "a", "a", 1),
        row.format("group", "a + b", "a + b", 2),
        row.format("group", "mine", "b + c", 1),
        "native,raw,model,a,a,1.0,,,,1.0,1,gain,",
    ]
    outputs = folder / "outputs"
    outputs.mkdir()
    (outputs / "feature_importance.csv").write_text("\n".join(lines), encoding="utf-8")
    header = {
        "scoring": "r2",
        "rows_used": 9,
        "rows_available": 9,
        "split": "validation",
        "correlated": [{"name": "a + b", "columns": ["a", "b"], "strength": 0.9}],
    }
    (outputs / "feature_importance.json").write_text(json.dumps(header), encoding="utf-8")
    view = read_results_view(outputs)
    assert [(ranking.method, ranking.of[:6]) for ranking in view.rankings] == [
        ("permutation", "the ra"),
        ("permutation", "groups"),
        ("native", "the ra"),
    ]
    place = view.rankings[1].columns.index("column")
    assert [line[place] for line in view.rankings[1].rows] == ["mine: b + c", "a + b"]
    write_review(folder, outputs)
    page = (folder / "review.html").read_text(encoding="utf-8")
    assert "Importances of groups of columns that are shuffled together by permutation, 2" in page
