"""``explain`` on the model of an Azure ML run, with the real clients."""

from __future__ import annotations

import csv
import pickle
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from desk import Desk
from loopback import Automl, Service
from scenarios import case_folder
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

_MODEL = "outputs/model.pkl"
_QUICK = ("--repeats", "2", "--no-plot", "--importance", "permutation")


@dataclass(frozen=True)
class Place:
    """A service whose best child holds a model that can be loaded."""

    desk: Desk
    service: Service
    automl: Automl

    def explain(self, run: str, out: str, *more: str) -> tuple[str, ...]:
        data = ("--data", "data.csv", "--label", "label", "--out", out)
        return ("explain", f"azureml:{run}", *data, *_QUICK, *more)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    folder = tmp_path_factory.mktemp("explain")
    with Service() as service:
        automl = service.add_automl(case_folder(folder))
        desk = Desk(folder / "desk", service)
        frame = pd.DataFrame(np.random.default_rng(3).random((100, 3)), columns=["a", "b", "c"])
        label = np.where(frame["b"] > 0.5, "yes", "no")
        frame.assign(label=label).to_csv(desk.here / "data.csv", index=False)
        model = make_pipeline(StandardScaler(), LogisticRegression()).fit(frame, label)
        key = service.state.artifact_key(automl.best.run_id, _MODEL)
        service.state.blobs[key] = pickle.dumps(model)
        yield Place(desk, service, automl)


@pytest.mark.parametrize("sdk", ["v2", "v1"])
def test_the_model_of_the_best_child_is_downloaded_and_explained(place: Place, sdk: str) -> None:
    best, parent = place.automl.best.run_id, place.automl.parent.run_id
    done = place.desk.good(*place.explain(parent, f"why-{sdk}", "--sdk", sdk, "--yes"))
    assert f"Run {best}: the best child of {parent}" in done.stderr
    assert f"from    {_MODEL} of run {best} in workspace" in done.stderr
    with (place.desk.here / f"why-{sdk}" / "feature_importance.csv").open(newline="") as stream:
        found = {row["feature"]: float(row["importance"]) for row in csv.DictReader(stream)}
    assert max(found, key=lambda name: found[name]) == "b"
    assert list(place.desk.temp.iterdir()) == []


def test_nothing_of_a_run_is_loaded_unasked(place: Place) -> None:
    best = place.automl.best.run_id
    done = place.desk.tool(*place.explain(best, "unasked"))
    assert done.returncode == 2, done.stderr
    assert "names   numpy" in done.stderr
    assert "--yes" in done.stderr
    assert not (place.desk.here / "unasked").exists()


def test_the_official_packages_of_the_run_are_what_managed_means(place: Place) -> None:
    done = place.desk.tool(*place.explain(place.automl.best.run_id, "m", "--env", "managed"))
    assert done.returncode == 2, done.stderr
    assert "for Python 3.10 made of: azureml-train-automl-runtime==1.62.0" in done.stderr


def test_a_model_that_is_no_pickle_is_told(place: Place) -> None:
    other = place.automl.children[1].run_id
    done = place.desk.tool(*place.explain(other, "damaged", "--yes"))
    assert done.returncode == 1, done.stderr
    assert "can't be loaded" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (place.desk.here / "damaged").exists()
