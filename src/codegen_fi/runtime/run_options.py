"""The options of a training run, as command line arguments and as keywords."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from .run_budget import BUDGET
from .run_values import positive, repeats, rows, scorable, scorer, seed, with_group, writable

METHODS = ("auto", "native", "permutation", "shap", "none")


@dataclass(frozen=True)
class RunOptions:
    """What a run writes and how it explains the model.

    Attributes
    ----------
    outputs
        Folder the results go to.
    importance
        Methods; ``auto`` is native and permutation, ``none`` skips them.
    scoring
        Name of a scikit-learn scorer for permutation; None for the default of the task.
    repeats
        Shuffles per column; ``auto`` goes on until the order of the first columns is decided.
    top
        Columns shown in the plot; the table always holds all of them.
    seed
        Seed of the shuffles and of any sampling of rows.
    max_rows
        Most rows to score on; ``auto`` for all within a budget of work and memory, ``all`` or None
        for all.
    plot
        Whether to draw the plots.
    group
        Columns that are shuffled together as well: None, ``auto``, or pairs of name and columns.
    jobs
        Most processes for permutation; -1 for one per processor.
    """

    outputs: Path
    importance: tuple[str, ...] = ("auto",)
    scoring: str | None = None
    repeats: int | str = 5
    top: int = 20
    seed: int = 0
    max_rows: int | str | None = "auto"
    plot: bool = True
    group: str | tuple[tuple[str, tuple[str, ...]], ...] | None = None
    jobs: int = -1

    @classmethod
    def of(cls, arguments: argparse.Namespace | None = None, **options: Any) -> RunOptions:
        """Take what is known from parsed arguments or keywords, defaults for the rest.

        Raises
        ------
        TypeError
            An option is unknown.
        ValueError
            An option has a value it can't have.
        """
        given = {**(vars(arguments) if arguments is not None else {}), **options}
        known = {f.name for f in fields(cls)}
        unknown = [name for name in options if name not in known]
        if unknown:
            raise TypeError(f"Unknown option {', '.join(unknown)}; known: {sorted(known)}.")
        chosen = {name: value for name, value in given.items() if name in known}
        chosen["outputs"] = Path(chosen.get("outputs") or default_outputs())
        chosen["importance"] = checked_methods(chosen.get("importance") or ("auto",))
        return cls(**chosen)


def checked_methods(methods: str | Sequence[str]) -> tuple[str, ...]:
    """Return the methods without repetition; refuse unknown ones and ``none`` beside others."""
    chosen = tuple(dict.fromkeys((methods,) if isinstance(methods, str) else methods))
    unknown = [m for m in chosen if m not in METHODS]
    if unknown:
        raise ValueError(f"Unknown importance {unknown[0]!r}; known: {', '.join(METHODS)}.")
    if "none" in chosen and len(chosen) > 1:
        raise ValueError("'none' means no importances: it can't stand beside another method.")
    return chosen


def default_outputs() -> Path:
    """Return ``outputs`` beside the script that runs, or in the working folder without one."""
    script = getattr(sys.modules.get("__main__"), "__file__", None)
    return (Path(script).resolve().parent if script else Path.cwd()) / "outputs"


def add_local_arguments(
    parser: argparse.ArgumentParser, validation: bool = False, scoring: str | None = None
) -> None:
    """Add the arguments of a local run.

    Parameters
    ----------
    parser
        The parser of the script.
    validation
        Ask for a second table as well.
    scoring
        The metric AutoML chose the model by; the default of ``--scoring`` where it can be scored.
    """
    _add_files(parser, validation)
    _add_importances(parser, scorable(scoring))
    _add_shuffles(parser)
    parser.add_argument("--no-plot", dest="plot", action="store_false", help="draw no plots")


def _add_files(parser: argparse.ArgumentParser, validation: bool) -> None:
    table = "csv, tsv, parquet, feather, json lines, a folder of these, or an MLTable folder"
    parser.add_argument(
        "--training-data", required=True, metavar="PATH", help=f"table to train on: {table}"
    )
    if validation:
        parser.add_argument(
            "--validation-data", required=True, metavar="PATH", help="table to validate on"
        )
    parser.add_argument(
        "--outputs",
        type=writable,
        default=default_outputs(),
        metavar="DIR",
        help="folder for the results (default: outputs beside the script)",
    )


def _add_importances(parser: argparse.ArgumentParser, scoring: str | None) -> None:
    parser.add_argument(
        "--importance",
        nargs="+",
        metavar="METHOD",
        default=["auto"],
        action=_Methods,
        help=f"how to compute importances, one or several of {', '.join(METHODS)} "
        "(default: auto = native and permutation)",
    )
    parser.add_argument(
        "--scoring",
        type=scorer,
        default=scoring,
        metavar="NAME",
        help="scorer of scikit-learn or metric of AutoML for permutation "
        f"(default: {scoring or 'accuracy or r2, by task'})",
    )


def _add_shuffles(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--repeats",
        type=repeats,
        default=5,
        metavar="N",
        help="shuffles per column, or auto: until the order of the first 20 columns is decided, "
        "at most 30 (default: 5)",
    )
    parser.add_argument(
        "--top", type=positive, default=20, metavar="N", help="columns in the plot (default: 20)"
    )
    parser.add_argument(
        "--seed", type=seed, default=0, metavar="N", help="seed of the shuffles (default: 0)"
    )
    parser.add_argument(
        "--max-rows",
        type=rows,
        default="auto",
        metavar="N|all|auto",
        help="rows to score on; auto: all, unless their shuffles go beyond "
        f"{BUDGET} (default: auto)",
    )
    parser.add_argument(
        "--group",
        action=_Groups,
        metavar="NAME=COLUMN,COLUMN",
        help="columns to shuffle together as well, or auto: those that move together; "
        "may be given several times",
    )
    parser.add_argument(
        "--jobs",
        type=positive,
        default=-1,
        metavar="N",
        help="most processes for permutation; more than one only where it is worth it "
        "(default: one per processor)",
    )


class _Groups(argparse.Action):
    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        before = getattr(namespace, self.dest)
        try:
            setattr(namespace, self.dest, with_group(before, values))
        except ValueError as error:
            raise argparse.ArgumentError(self, str(error)) from error


class _Methods(argparse.Action):
    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: Any,
        option_string: str | None = None,
    ) -> None:
        try:
            # With blanks or with commas between them, as the commands take them.
            words = [word.strip() for value in values for word in value.split(",")]
            setattr(namespace, self.dest, checked_methods(words))
        except ValueError as error:
            raise argparse.ArgumentError(self, str(error)) from error
