"""The help of the whole program as plain text.

Importing click takes several times as long as starting Python; whoever asks what commands there
are shouldn't wait for it.  A test compares this text with the one click makes.
"""

from __future__ import annotations

from typing import Final

ABOUT: Final = "Run, explain and review the training scripts that Azure AutoML generates."
COMMANDS: Final = {
    "demo": "Take a bundled example the whole way, without Azure.",
    "fetch": "Download the script of a run and what lies beside it.",
    "runs": "List the models of an AutoML run, best first.",
    "show": "Say what a script does: task, columns, models.",
    "rewrite": "Make a folder that trains and explains anywhere.",
    "rules": "List what rewriting changes, each rule with examples.",
    "diff": "Show what was changed and why.",
    "train": "Train in a folder and save the importances.",
    "explain": "Compute the importances of a model that exists.",
    "compare": "Lay trained folders side by side.",
    "plot": "Draw the plots again from the saved table.",
    "submit": "Hand the training of a folder to Azure ML as a job.",
    "doctor": "Tell what will work here, and how to repair what won't.",
    "run": "Rewrite a script and train it: the whole way.",
}
ASKS_HELP: Final = ("-h", "--help")


def text() -> str:
    """Return what ``codegen-fi --help`` prints."""
    commands = "\n".join(f"  {name:<9}{about}" for name, about in COMMANDS.items())
    return f"""Usage: codegen-fi [OPTIONS] COMMAND [ARGS]...

  {ABOUT}

Options:
  --version   Show the version and exit.
  -h, --help  Show this message and exit.

Commands:
{commands}
"""
