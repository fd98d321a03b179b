"""Each way a service can fail, as one message: what happened, where, what to do next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from codegen_fi.errors import SourceError

EXTRAS: Final[Mapping[str, str]] = {
    "mlflow": "mlflow",
    "azure-ai-ml": "azure",
    "azureml-core": "azure-v1",
}
# Characters; of a sign-in, each way that was tried is a line of its own.
_LONGEST_DETAIL: Final = 400
_LONGEST_SIGN_IN: Final = 1_500


class RemoteError(SourceError):
    """A service or its client failed.

    Attributes
    ----------
    kind
        A key of `KINDS`.
    """

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Failure:
    """What a client's process reports.

    Attributes
    ----------
    kind
        A key of `KINDS`.
    detail
        What the client or the service said, without secrets.
    status
        HTTP status of the answer that failed, if there was one.
    place
        Which part of the service answered: ``sign-in``, ``management``, ``service``, ``storage``.
    """

    kind: str
    detail: str = ""
    status: int | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What the tool was doing: `doing` in words, at `where`, with which client.

    `timeout` is the longest wait for this answer, in seconds.
    """

    doing: str
    where: str
    client: str
    timeout: float


@dataclass(frozen=True, slots=True)
class Words:
    """What happened and what to do next, as templates over `Context` and `Failure`."""

    what: str
    next: str


KINDS: Final[Mapping[str, Words]] = {
    "run_not_found": Words(
        "{where} has no such run ({doing})",
        "Check the run id (it is the job's name in the studio) and the workspace or store it is in",
    ),
    "experiment_not_found": Words(
        "{where} has no such experiment ({doing})", "Check its name, with upper and lower case"
    ),
    "workspace_not_found": Words(
        "There is no {where} for this sign-in",
        "Check subscription, resource group and name (config.json, --workspace), and that "
        "--tenant is the workspace's",
    ),
    "file_not_found": Words(
        "{where} has no such file ({doing})",
        "See the files of the run in the studio under Outputs + logs",
    ),
    "data_not_found": Words(
        "{where} has no such data ({doing})",
        "It may have been deleted or renamed. Export the table and give it with --data FILE",
    ),
    "sign_in": Words(
        "Signing in to {where} failed{status}",
        "Sign in again (az login), or choose another way with --credential; --tenant names the "
        "tenant to sign in to",
    ),
    "denied": Words(
        "{where} denies access{status} ({doing})",
        "Ask for the role AzureML Data Scientist on the workspace{storage}",
    ),
    "link_refused": Words(
        "The storage of {where} refused the download link it had just given{status} ({doing})",
        "The link has expired or a firewall of the storage account keeps this machine out. Try "
        "again; if it comes back, check the clock of this machine and the account's network rules",
    ),
    "file_gone": Words(
        "The storage of {where} no longer holds a file that the run lists{status} ({doing})",
        "It was deleted from the storage account. Fetch another run, or train this one again",
    ),
    "unreachable": Words(
        "{where} can't be reached ({doing})",
        "Check the network, the address, and the proxy (HTTPS_PROXY, NO_PROXY)",
    ),
    "throttled": Words(
        "{where} answers that there are too many requests{status} ({doing})",
        "Wait a minute and try again",
    ),
    "service": Words(
        "{where} answers with an error of its own{status} ({doing})",
        "Try again later; the status of Azure is at status.azure.com",
    ),
    "timeout": Words(
        "{where} gave no answer within {timeout:g} s ({doing})",
        "Try again, or wait longer with --timeout SECONDS",
    ),
    "start_timeout": Words(
        "{client} did not start within {timeout:g} s on this machine",
        "Try again, or wait longer with --timeout SECONDS",
    ),
    "sign_in_timeout": Words(
        "The sign-in to {where} was not finished within {timeout:g} s",
        "Start again and finish it in the browser, or choose another way with --credential",
    ),
    "incomplete_download": Words(
        "What came from {where} is not the whole file ({doing})", "Try again"
    ),
    "not_supported": Words("{client} can't do this ({doing})", "See what it says below"),
    "not_installed": Words("{client} is not installed", 'Install it with: pip install "{extra}"'),
    "module_missing": Words(
        "{client} needs a Python module that is not installed ({doing})",
        "Install the package that has it, or the client again with all it needs: "
        'pip install "{extra}"',
    ),
    "bad_settings": Words("{client} can't start with these settings", "Correct them"),
    "other": Words("{client} failed at {where} ({doing})", "Try again{sdk}"),
}
# The message of the client says all there is to say.
_SAYS_ALL: Final = frozenset({"not_supported", "bad_settings", "data_not_found"})


def remote_error(failure: Failure, context: Context) -> RemoteError:
    """Return the exception that tells a failure."""
    words = KINDS[failure.kind]
    values = {
        "doing": context.doing,
        "where": context.where,
        "client": context.client,
        "timeout": context.timeout,
        "extra": f"codegen-fi[{EXTRAS.get(context.client, context.client)}]",
        "status": f" ({failure.status})" if failure.status else "",
        "sdk": ", or the other --sdk" if context.client != "mlflow" else "",
        "storage": (
            " and Storage Blob Data Reader on its storage account"
            if failure.place == "storage"
            else ""
        ),
    }
    longest = _LONGEST_SIGN_IN if failure.kind == "sign_in" else _LONGEST_DETAIL
    detail = shortened(failure.detail, longest)
    if failure.kind in _SAYS_ALL and detail:
        return RemoteError(failure.kind, detail)
    message = f"{words.what.format(**values)}. {words.next.format(**values)}."
    return RemoteError(failure.kind, f"{message}\n  {detail}" if detail else message)


def shortened(text: str, longest: int = _LONGEST_DETAIL) -> str:
    """Return a text with indented lines, cut with a note where it is very long."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    text = "\n  ".join(line for line in lines if line)
    rest = len(text) - longest
    return text if rest <= 0 else f"{text[:longest]} ... ({rest} more characters)"
