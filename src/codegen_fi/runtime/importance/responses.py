"""Estimators that answer from what is computed already, so that other code stays as it is.

A scorer, or an ensemble's own `predict`, runs unchanged over such a stand-in and gives what it
would give over the estimator: nothing of scikit-learn has to be written again.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    from .proof import Proof

RESPONSES = ("predict", "predict_proba", "predict_log_proba", "decision_function")


class Answering:
    """Has the attributes of a fitted estimator, and asks a function for its predictions.

    Parameters
    ----------
    model : fitted estimator
    answer : callable(name of the method, X) -> array
        Called for the methods that the estimator has.
    """

    def __init__(self, model: Any, answer: Callable[..., Any]) -> None:
        self._model = model
        self._answer = answer
        self._tags: Any = None

    def answering(self, answer: Callable[..., Any]) -> Answering:
        """Stand for the same estimator with another answer."""
        other = Answering(self._model, answer)
        other._tags = self.__sklearn_tags__() if hasattr(self._model, "__sklearn_tags__") else None
        return other

    def instead_of(self, model: Any) -> Answering:
        """Stand for a model that does no more than this estimator behind other inputs."""
        return Answering(model, self._answer)

    def __sklearn_tags__(self) -> Any:
        """Describe the estimator, asking it once."""
        if self._tags is None:
            self._tags = self._model.__sklearn_tags__()
        return self._tags

    def __getattr__(self, name: str) -> Any:
        # Copying and pickling ask for special methods that must not be the estimator's.
        if name in ("_model", "_answer", "_tags") or name[:2] == "__":
            raise AttributeError(name)
        found = getattr(self._model, name)
        return _named(name, self._answer) if name in RESPONSES else found

    def __sklearn_is_fitted__(self) -> bool:
        """Say yes: only fitted estimators are stood in for."""
        return True


def _named(name: str, answer: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function of the method's name, by which scorers know it."""

    def response(X: Any, **options: Any) -> Any:
        return answer(name, X, **options)

    response.__name__ = name
    return response


class Recorder:
    """Answers with what the estimator says and keeps it.

    Parameters
    ----------
    model : fitted estimator
    proof : Proof, optional
        With rows that are asked about, too.

    Attributes
    ----------
    seen : dict of str to array
        The predictions by the name of the method.
    """

    def __init__(self, model: Any, proof: Proof | None = None) -> None:
        self._model = model
        self._proof = proof
        self.seen: dict[str, Any] = {}

    def __call__(self, name: str, X: Any, **options: Any) -> Any:
        """Predict and keep."""
        ask = partial(getattr(self._model, name), **options)
        self.seen[name] = ask(X) if self._proof is None else self._proof.asked(name, X, ask)
        return self.seen[name]


class Given:
    """Answers with predictions that are at hand."""

    def __init__(self, responses: dict[str, Any]) -> None:
        self._responses = responses

    def __call__(self, name: str, _X: Any, **_options: Any) -> Any:
        """Look a prediction up; a copy, because a caller may write into what it gets."""
        return self._responses[name].copy()
