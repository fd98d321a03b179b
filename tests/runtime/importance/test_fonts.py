"""Letters of any script in a picture: from the fonts there are, else with how to get them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from codegen_fi.runtime.importance.fonts import BASE_FONT, advice, families_for, known_letters

# Builds a font of one square for some letters, then asks for the fonts that have them.
_CODE = """
import sys
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib.font_manager import fontManager
from codegen_fi.runtime.importance.fonts import advice, drawing_with, families_for

letters = sys.argv[2]
assert advice(letters, families_for(letters)), "a font of this machine has the letters"
families_for.__globals__["_others"].cache_clear()
pen = TTGlyphPen(None)
for step, point in enumerate([(50, 0), (50, 800), (900, 800), (900, 0)]):
    (pen.lineTo if step else pen.moveTo)(point)
pen.closePath()
names = {ord(letter): f"u{ord(letter):x}" for letter in letters}
font = FontBuilder(1000, isTTF=True)
font.setupGlyphOrder([".notdef", *names.values()])
font.setupCharacterMap(names)
font.setupGlyf(dict.fromkeys([".notdef", *names.values()], pen.glyph()))
font.setupHorizontalMetrics(dict.fromkeys([".notdef", *names.values()], (1000, 0)))
font.setupHorizontalHeader(ascent=800, descent=-200)
font.setupNameTable({"familyName": "Drawn By Hand", "styleName": "Regular"})
font.setupOS2()
font.setupPost()
font.save(sys.argv[1])
before = len(fontManager.ttflist)
fonts = families_for("a" + letters)
assert fonts[-1] == "Drawn By Hand", fonts
assert not advice(letters, fonts)
assert families_for("abc") == fonts[:-1]
"""


@pytest.mark.skipif(sys.platform != "linux", reason="fonts are installed otherwise there")
def test_a_font_installed_after_matplotlib_looked_is_found(tmp_path):
    pytest.importorskip("fontTools")
    (tmp_path / "fonts").mkdir()
    # Letters of a script that no font of a usual machine has.
    arguments = [str(tmp_path / "fonts" / "drawn.ttf"), "\U00016a40\U00016a41"]
    home = {**os.environ, "XDG_DATA_HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", _CODE, *arguments],
        check=False,
        env=home,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_latin_needs_no_other_font_and_no_advice():
    assert families_for(["größe", "x"]) == families_for([])
    assert advice(["größe"], [BASE_FONT]) == ""
    assert ord("x") in known_letters((BASE_FONT,))


@pytest.mark.parametrize(
    ("text", "font"),
    [
        ("年収", "Noto Sans CJK"),
        ("한", "Noto Sans CJK"),
        ("ｆ", "Noto Sans CJK"),
        ("दु", "Noto Sans Devanagari"),
        ("ไทย", "Noto Sans Thai"),
        ("🎉", "Noto Emoji"),
        ("年न", "Noto Sans Devanagari, Noto Sans CJK"),
    ],
)
def test_the_font_to_install_is_named(text, font):
    said = advice(["plain", text], (BASE_FONT,))
    assert f"Install {font} and draw again with codegen-fi plot." in said
    assert text[0] in said


def test_letters_that_nobody_names_get_no_font():
    said = advice(["\U000e0fff"], (BASE_FONT,))
    assert "No font on this machine" in said
    assert "Install" not in said
