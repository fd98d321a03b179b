"""One answer that is waited for: until when, and how many refusals on the way are too many."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

from codegen_fi.sources.clients.classify import by_status
from codegen_fi.sources.clients.watch import Answer
from codegen_fi.sources.failures import Context, Failure

# How often the same bad answer is waited for: one library tries a file that is gone for 279 s.
_SAME_ERROR: Final = 5
# Storage clients wait longer between their tries.
_SAME_STORAGE_ERROR: Final = 3
_SAME_REFUSAL: Final = 2
_TOO_MANY_REQUESTS: Final = 429
_SERVER_ERROR: Final = 500


@dataclass
class Wait:
    """A call whose answer is waited for.

    Attributes
    ----------
    context
        What is asked; its timeout is the longest time without a word.
    deadline
        When to give up, on the monotonic clock.
    silence
        The kind of failure it is when nothing comes at all.
    bad
        How often each bad answer was seen since there last was progress.
    """

    context: Context
    deadline: float
    silence: str = "timeout"
    bad: Counter[Answer] = field(default_factory=Counter)

    @property
    def left(self) -> float:
        """Seconds until the deadline, never quite zero."""
        return max(self.deadline - time.monotonic(), 0.001)

    def progressed(self) -> None:
        """Begin anew: what failed before was overcome."""
        self.deadline = time.monotonic() + self.context.timeout
        self.bad.clear()

    def take(self, answer: Answer) -> bool:
        """Count a bad answer; tell whether it came often enough to give up."""
        # The path would tell two tries of one library apart that differ in nothing else.
        key = Answer(answer.place, answer.host, "", answer.status)
        self.bad[key] += 1
        storage = answer.place == "storage"
        if answer.status >= _SERVER_ERROR or answer.status == _TOO_MANY_REQUESTS:
            return self.bad[key] >= (_SAME_STORAGE_ERROR if storage else _SAME_ERROR)
        # Elsewhere a refusal is an answer the library acts on.
        return storage and self.bad[key] >= _SAME_REFUSAL

    def given_up(self) -> Failure:
        """Return what it is that no answer came in time."""
        if not self.bad:
            return Failure(self.silence)
        answer, times = self.bad.most_common(1)[0]
        seconds = f"{self.context.timeout:.0f} s"
        seen = f"{answer.host} answered {answer.status} {times} times in {seconds}."
        return replace(by_status(answer), detail=seen)
