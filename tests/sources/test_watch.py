"""What is seen on the wire, and what it means, when a library says little or the wrong thing."""

import itertools
import logging

import pytest

from codegen_fi.sources.clients.classify import by_status, classify
from codegen_fi.sources.clients.interface import ClientError
from codegen_fi.sources.clients.watch import Answer, Watch

LINE = '%s://%s:%s "%s %s %s" %s %s'


def seen(*fields, line=LINE):
    """Let urllib3's logger say something, and return what the watch told of it."""
    told = []
    watch = Watch(told.append)
    logger = logging.getLogger("urllib3.connectionpool")
    before = logger.propagate, logger.level
    watch.start()
    try:
        logger.debug(line, *fields)
    finally:
        logger.removeHandler(watch)
        logger.propagate, logger.level = before
    return watch, told


def answered(host, path, status):
    return seen("https", host, 443, "GET", path, "HTTP/1.1", status, 12)


@pytest.mark.parametrize(
    ("host", "place"),
    [
        ("login.microsoftonline.com", "sign-in"),
        ("management.azure.com", "management"),
        ("acct.blob.core.windows.net", "storage"),
        ("acct.z5.blob.storage.azure.net", "storage"),
        ("eastus.api.azureml.ms", "service"),
        ("127.0.0.1", "service"),
    ],
)
def test_a_refusal_is_told_with_its_place(host, place):
    _, told = answered(host, "/a/b?sig=secret", 403)
    assert told == [Answer(place, host, "/a/b", 403)]


def test_a_good_answer_is_kept_and_not_told():
    watch, told = answered("h.example", "/x", 200)
    assert told == []
    assert watch.last == Answer("service", "h.example", "/x", 200)


def test_a_line_that_is_finished_text_is_read_as_well():
    text = 'https://a.blob.core.windows.net:443 "GET /c/x?sig=[REDACTED] HTTP/1.1" 404 215'
    _, told = seen(line=text)
    assert told == [Answer("storage", "a.blob.core.windows.net", "/c/x", 404)]


@pytest.mark.parametrize(
    ("host", "path"),
    [
        ("169.254.169.254", "/metadata/identity/oauth2/token"),
        ("127.0.0.1", "http://169.254.169.254/metadata/identity/oauth2/token?x=1"),
        ("management.azure.com", "/metadata/endpoints?api-version=1"),
    ],
)
def test_what_every_sign_in_asks_in_vain_is_ignored(host, path):
    _, told = answered(host, path, 404)
    assert told == []


@pytest.mark.parametrize(
    "line", ["Starting new HTTPS connection (1): h.example:443", "Resetting dropped connection: h"]
)
def test_other_lines_of_the_log_are_no_answers(line):
    watch, told = seen(line=line)
    assert (watch.last, told) == (None, [])


@pytest.mark.parametrize(
    ("place", "path", "status", "kind"),
    [
        ("service", "/history/v1.0/runs/x", 401, "sign_in"),
        ("service", "/history/v1.0/runs/x", 403, "denied"),
        ("service", "/history/v1.0/runs/x", 404, "run_not_found"),
        ("service", "/mlflow/v2.0/subscriptions/s/workspaces/w/api", 404, "workspace_not_found"),
        ("management", "/subscriptions/s/x/workspaces/w", 404, "workspace_not_found"),
        ("service", "/x", 404, "other"),
        ("service", "/x", 429, "throttled"),
        ("service", "/x", 502, "service"),
        ("storage", "/x", 403, "link_refused"),
        ("storage", "/x", 404, "file_gone"),
        ("storage", "/x", 503, "service"),
        ("sign-in", "/token", 400, "sign_in"),
    ],
)
def test_an_answer_alone_tells_the_kind(place, path, status, kind):
    assert by_status(Answer(place, "h", path, status)).kind == kind


def wrapped(*errors):
    """Chain exceptions, the first outermost."""
    for outer, inner in itertools.pairwise(errors):
        outer.__cause__ = inner
    return errors[0]


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (wrapped(RuntimeError("login failed"), OSError("Connection refused")), "unreachable"),
        (wrapped(KeyError("x"), OSError("Name or service not known")), "unreachable"),
        (OSError("SSL: CERTIFICATE_VERIFY_FAILED certificate verify failed"), "unreachable"),
        (OSError("Read timed out. (read timeout=5)"), "timeout"),
        (ValueError("IncompleteRead(3 bytes read, 5 more expected)"), "incomplete_download"),
        (ValueError("AADSTS700016: application not found"), "sign_in"),
        (ModuleNotFoundError("No module named 'mlflow'"), "not_installed"),
        (ModuleNotFoundError("No module named 'azure.ai'", name="azure.ai"), "not_installed"),
        (ModuleNotFoundError("No module named 'psycopg'", name="psycopg"), "module_missing"),
        (ModuleNotFoundError("No module named 'MySQLdb'"), "module_missing"),
        (ClientError("denied", "no"), "denied"),
        (ValueError("something"), "other"),
    ],
)
def test_an_exception_alone_tells_the_kind(error, kind):
    assert classify(error, None, None).kind == kind


def test_the_last_answer_counts_more_than_the_text():
    refused = Answer("service", "h", "/history/runs/x", 403)
    assert classify(ValueError("operation timed out"), refused, refused).kind == "denied"


def test_a_refusal_that_was_overcome_does_not_hide_what_came_after():
    refused, good = Answer("service", "h", "/x", 403), Answer("service", "h", "/y", 200)
    assert classify(OSError("Read timed out"), good, refused).kind == "timeout"


def test_an_exception_that_has_no_text_is_no_failure_of_its_own():
    class MuteError(Exception):
        def __str__(self):
            raise TypeError("no details")

    failure = classify(MuteError(), None, None)
    assert (failure.kind, failure.detail) == ("other", "MuteError: MuteError")


def test_secrets_in_an_exception_are_hidden():
    error = ValueError("GET https://a.blob.core.windows.net/x?sv=1&sig=abcdefghij failed")
    assert "abcdefghij" not in classify(error, None, None).detail
