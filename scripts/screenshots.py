"""Make the pictures of the README again, from the bundled example.

    python scripts/screenshots.py [--out docs/images]

Trains the example, lays it beside a copy with another setting, and takes pictures of the review
page, of the executed notebook, of the comparison and of the diff on a terminal in a Chromium
that is found on PATH.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).resolve().parents[1]
PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "chrome")
MOST_BYTES = 200_000
COLUMNS = 100


def tool(*words: str | Path, **settings: str) -> str:
    """Run a command of the tool and return what it prints."""
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "codegen_fi", *map(str, words)],
        env={**os.environ, **settings},
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout


def folders(scratch: Path) -> tuple[Path, Path]:
    """Train the example, and a copy with fewer leaves."""
    first, second = scratch / "my-model", scratch / "fewer-leaves"
    tool("demo", "--out", first)
    shutil.copytree(first, second)
    train = second / "train.py"
    text = train.read_text(encoding="utf-8")
    fewer = text.replace("num_leaves=15", "num_leaves=4")
    if fewer == text:
        raise SystemExit(f"{train} has no num_leaves=15 any more.")
    train.write_text(fewer, encoding="utf-8")
    tool("train", second, "--data", first / "data.csv")
    return first, second


def small(path: Path) -> None:
    """Keep 128 colours, which a picture of a page hardly has more of."""
    from PIL import Image

    with Image.open(path) as image:
        flat = image.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    flat.save(path, optimize=True)
    size = path.stat().st_size
    sys.stdout.write(f"{path} {size / 1e3:.0f} kB\n")
    if size > MOST_BYTES:
        raise SystemExit(f"{path} has {size:,} bytes, more than {MOST_BYTES:,}.")


def opened(browser: Browser, path: Path, scheme: str, width: int, height: int) -> Page:
    """Open a file."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    page = context.new_page()
    page.goto(path.as_uri())
    return page


def terminal(scratch: Path, ansi: str, title: str) -> Path:
    """Return a page that shows what a terminal showed."""
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True)
    console.print(Text.from_ansi(ansi))
    path = scratch / "terminal.svg"
    console.save_svg(str(path), title=title)
    return path


def on_a_terminal(*words: str | Path) -> str:
    """Run a command as on a terminal: coloured, in so many columns."""
    import pty

    code = "import os, sys; os.execvp(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", code, sys.executable, "-m", "codegen_fi", *map(str, words)]
    os.environ.update(TERM="xterm-256color", COLUMNS=str(COLUMNS), COLORTERM="truecolor")
    shown = bytearray()

    def read(descriptor: int) -> bytes:
        data = os.read(descriptor, 65536)
        shown.extend(data)
        return data

    out, null = os.dup(1), os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 1)
    try:
        pty.spawn(command, read)
    finally:
        os.dup2(out, 1)
    return shown.decode("utf-8").replace("\r\n", "\n")


def executed(folder: Path, scratch: Path) -> Path:
    """Return the page of a folder's notebook, run by papermill."""
    book, page = scratch / "executed.ipynb", scratch / "executed.html"
    run = ["papermill", folder / "train.ipynb", book, "--cwd", folder, "--no-progress-bar"]
    convert = ["nbconvert", "--to", "html", "--output", page, book]
    for words in (run, convert):
        subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, "-m", *map(str, words)], check=True, capture_output=True
        )
    return page


def take(browser: Browser, scratch: Path, out: Path) -> None:
    """Take the pictures."""
    first, second = folders(scratch)
    page = opened(browser, first / "review.html", "light", 1200, 900)
    end = page.evaluate("document.querySelector('#changes').offsetTop")
    clip = {"x": 0, "y": 0, "width": 1200, "height": end}
    page.screenshot(path=out / "review.png", full_page=True, clip=clip)  # type: ignore[arg-type]
    page = opened(browser, first / "review.html", "dark", 1200, 760)
    page.evaluate("document.querySelector('#hunk-2').scrollIntoView()")
    page.screenshot(path=out / "changes.png")
    page = opened(browser, first / "review.html", "light", 390, 780)
    table = page.get_by_role("region", name="Importances by permutation")
    table.evaluate("region => region.closest('details').scrollIntoView()")
    page.screenshot(path=out / "phone.png")

    page = opened(browser, executed(first, scratch), "light", 1000, 670)
    page.evaluate("document.getElementById('Which-columns-drive-the-model').scrollIntoView()")
    page.evaluate("window.scrollBy(0, -14)")
    page.screenshot(path=out / "notebook.png")

    tool("compare", first, second, "--out", scratch / "compare.html")
    page = opened(browser, scratch / "compare.html", "light", 1000, 620)
    page.evaluate("document.querySelector('#importances').scrollIntoView()")
    page.screenshot(path=out / "compare.png")

    ansi = on_a_terminal("diff", first, "--no-pager", "--rule", "load-local-data")
    shown = terminal(scratch, ansi, f"codegen-fi diff {first.name}")
    page = opened(browser, shown, "dark", 900, 900)
    ratio = page.evaluate("(b => b.height / b.width)(document.documentElement.viewBox.baseVal)")
    page.set_viewport_size({"width": 900, "height": round(900 * ratio)})
    page.screenshot(path=out / "diff.png", omit_background=True)
    shutil.copy(first / "outputs" / "feature_importance.png", out / "importances.png")


def main() -> None:
    """Make the folder of pictures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images")
    out = parser.parse_args().out
    program = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise SystemExit("No Chromium here; Debian's package is chromium.")
    out.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        take(browser, Path(scratch), out)
        browser.close()
    for path in sorted(out.glob("*.png")):
        small(path)


if __name__ == "__main__":
    main()
