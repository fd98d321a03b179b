"""Voting and stacking: members' contributions add up where the ensemble adds what they explain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from ..compat import pairs
from ..native.ensembles import labelled, voters
from ..native.reading import Inputs
from ..rows import META
from .contributions import (
    PROBABILITY,
    VALUE,
    Explained,
    Given,
    Member,
    NoContributionsError,
    is_classifier,
    two_dimensional,
)
from .wrappers import added

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .contributions import Contributions


def voting(model: Any, given: Given, explain: Any) -> Explained:
    """Add the members' contributions up with their weights where the vote adds their outputs."""
    names, weights, fitted = voters(model)
    total = sum(weights) or 1.0
    members = tuple(
        Member(label, weight / total, explain(member, given))
        for (label, weight), member in pairs(list(pairs(labelled(names, fitted), weights)), fitted)
    )
    try:
        found = _summed(members, PROBABILITY if is_classifier(model) else VALUE)
    except NoContributionsError as error:
        return Explained(None, str(error), members, any(m.explained.lacks_package for m in members))
    return Explained(replace(found, output=_voted(model, found, given)), members=members)


def stacking(model: Any, given: Given, explain: Any) -> Explained:
    """Explain the learners one by one, then the meta-learner by their answers.

    It is given what `native.ensembles.stacking` describes.
    """
    found = _learners(model._base_learners, given, explain)
    meta, names = model._meta_learner, [member.label for member in found.members]
    classes = list(model.classes_[1:]) if is_classifier(model) else []
    columns = [f"{name}: {each}" for name in names for each in classes] if classes else names
    learners = [learner for _, learner in model._base_learners]

    def answers(inputs: Inputs) -> Inputs:
        return Inputs(
            lambda: np.hstack([_answer(one, inputs.matrix(), classes) for one in learners])
        )

    asked = explain(meta, Given(answers(given.rows), answers(given.training)))
    label = labelled([META], [meta])[0]
    last = Member(label, float("nan"), asked, tuple(columns))
    return replace(found, members=(*found.members, last))


def _answer(learner: Any, rows: Any, classes: Sequence[Any]) -> Any:
    if not classes:
        return two_dimensional(learner.predict(rows))
    return two_dimensional(learner.predict_proba(rows))[:, 1:]


def sklearn_stacking(model: Any, given: Given, explain: Any) -> Explained:
    """Do the same for scikit-learn's own stacking."""
    names = [name for name, learner in model.estimators if learner != "drop"]
    return _learners(list(pairs(names, model.estimators_)), given, explain)


def averaged(model: Any, given: Given, explain: Any) -> Explained:
    """Explain earlier SDKs' `EnsembleWrapper`, which averages or lets one more model decide."""
    if model.clf is None:
        return voting(model, given, explain)
    names, _, fitted = voters(model)
    return _learners(list(pairs(names, fitted)), given, explain)


def _learners(learners: Sequence[tuple[str, Any]], given: Given, explain: Any) -> Explained:
    labels = labelled([name for name, _ in learners], [learner for _, learner in learners])
    members = tuple(
        Member(label, float("nan"), explain(learner, given))
        for label, (_, learner) in pairs(labels, learners)
    )
    return Explained(
        None, "a meta-learner mixes the learners, whose contributions stand for each alone", members
    )


def _summed(members: Sequence[Member], unit: str) -> Contributions:
    weighty = [member for member in members if member.weight > 0]
    parts = []
    for member in weighty:
        found = member.explained.found
        if found is None:
            raise NoContributionsError(f"{member.label}: {member.explained.reason}")
        if found.unit != unit:
            raise NoContributionsError(
                f"the vote adds members' {_PLURAL[unit]}, but the contributions of {member.label} "
                f"are to a {found.unit}, which can't be added to others; see the members"
            )
        parts.append(found)
    if not parts:
        raise NoContributionsError("no member has any weight")
    return replace(
        added(parts, [member.weight for member in weighty]),
        note="the members' contributions times their weights",
        coefficients=None,
    )


def _voted(model: Any, found: Contributions, given: Given) -> Any:
    rows = given.rows.matrix()
    if found.unit == VALUE:
        return two_dimensional(model.predict(rows))
    probabilities = two_dimensional(model.predict_proba(rows))
    return probabilities[:, 1:] if found.output.shape[1] == 1 else probabilities


_PLURAL = {PROBABILITY: "probabilities", VALUE: "values"}
