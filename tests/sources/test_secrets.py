"""No secret gets past `scrub`, and no plain text suffers from it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen_fi.sources.secrets import public_address, scrub
from codegen_fi.workflow import rewrite_to_folder, show

SECRET = "Zq9x7Wv5Tr3Pn1Lk8Jh6Gf4Ds2Aa0"
JWT = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"


@pytest.mark.parametrize(
    "text",
    [
        f"GET https://a.blob.core.windows.net/c/x.csv?sv=2021-08-06&sig={SECRET} failed",
        f"https://h/p?{SECRET}",
        f"Authorization: Bearer {SECRET}",
        f'{{"access_token": "{SECRET}"}}',
        f"AccountName=a;AccountKey={SECRET}==;EndpointSuffix=x",
        f"client_secret={SECRET}&grant_type=client_credentials",
        f"SharedAccessSignature = '{SECRET}'",
        f"http://user:{SECRET}@host/path",
        f"sig={SECRET}",
        f"password: {SECRET}",
        f"postgresql:///db?user=u&password={SECRET}&host=/var/run",
        f"mssql+pyodbc:///?odbc_connect=DRIVER%3Dx%3BUID%3Du%3BPWD%3D{SECRET}",
        f"connection Driver%3Dx%3BUID%3Du%3BPWD%3D{SECRET}%3B failed",
        f"Driver=x;UID=u;PWD={SECRET};Server=s",
        f"mysql://h/db?passwd={SECRET}",
        f"postgresql://u:HUN/{SECRET}@h/db",
        f"postgresql://u:{SECRET}/TER2@h/db",
        f"postgresql://u:12/{SECRET}@h/db",
        f"postgresql://u:HUN@TER/{SECRET}@h/db",
        f"http://user:HUN@{SECRET}@h",
        f"http://user:{SECRET}?a@h",
        f"https://{SECRET}@h/x",
    ],
)
def test_a_secret_is_hidden(text):
    assert SECRET not in scrub(text)


def test_a_token_is_hidden_wherever_it_stands():
    assert "eyJ" not in scrub(f"the token {JWT} has expired")


def test_the_client_secret_of_the_environment_is_hidden(monkeypatch):
    monkeypatch.setenv("AZURE_CLIENT_SECRET", SECRET)
    assert scrub(f"secret {SECRET} is wrong") == "secret [hidden] is wrong"


@pytest.mark.parametrize(
    "text",
    [
        "Run AutoML_1_3 was not found in workspace ws1.",
        "https://eastus.api.azureml.ms/history/v1.0/runs/AutoML_1 answered 404.",
        "The design of the signal is a password-free sign-in.",
        "C:\\data\\a.csv",
        "mail a@b.example",
        "http://127.0.0.1:5000/experiments/a@b",
        "abfss://container@account.dfs.core.windows.net/train.parquet",
        "sqlite:///mlruns/a@b.db",
        "postgresql://h/a@b",
    ],
)
def test_text_without_a_secret_stays(text):
    assert scrub(text) == text


@given(st.text(max_size=200))
def test_scrubbing_twice_changes_nothing_more(text):
    assert scrub(scrub(text)) == scrub(text)


@pytest.mark.parametrize(
    ("uri", "shown"),
    [
        (f"http://me:{SECRET}@host:5000/x?a={SECRET}", "http://host:5000/x"),
        ("mlruns", "mlruns"),
        ("sqlite:///mlflow.db", "sqlite:///mlflow.db"),
        ("sqlite:///a@b.db?mode=ro", "sqlite:///a@b.db?mode=ro"),
        (f"postgresql:///db?user=u&password={SECRET}&host=/var/run", "postgresql:///db"),
        (f"mssql+pyodbc:///?odbc_connect=UID%3Du%3BPWD%3D{SECRET}", "mssql+pyodbc:///"),
        (f"postgresql://u:HUN/{SECRET}@h:5432/db", "postgresql://h:5432/db"),
        (f"http://user:HUN@{SECRET}@h", "http://h"),
        (f"http://user:HUN/{SECRET}@h:80/x", "http://h:80/x"),
        ("http://[::1]:5000/a@b", "http://[::1]:5000/a@b"),
        (f"azureml://h/mlflow/v1.0/x?token={SECRET}", "azureml://h/mlflow/v1.0/x"),
        ("azureml://h/mlflow/v1.0/x?", "azureml://h/mlflow/v1.0/x"),
    ],
)
def test_an_address_is_shown_without_its_secrets(uri, shown):
    assert public_address(uri) == shown


SCRIPT = Path(__file__).resolve().parents[1] / "cases" / "scripts" / "voting.py"
SIGNED = f"https://acct.blob.core.windows.net/c/train.csv?sv=2021-08-06&sig={SECRET}"


@pytest.fixture
def signed(tmp_path: Path) -> Path:
    """A script whose table is a signed address by default."""
    text = SCRIPT.read_text(encoding="utf-8")
    place = '"--training_dataset_uri",\n        type=str,\n        default='
    before, found, after = text.partition(place)
    assert found
    script = tmp_path / "script.py"
    rest = after.partition("\n")[2]
    script.write_text(f'{before}{found}"{SIGNED}",\n{rest}', encoding="utf-8")
    return script


def test_a_signed_address_in_a_script_is_not_shown(signed):
    shown = show(signed)
    assert shown.model.datasets[0].value == SIGNED.partition("?")[0]
    assert SECRET not in repr(shown)


def test_of_a_signed_address_only_the_script_and_its_diff_keep_the_signature(signed, tmp_path):
    written = rewrite_to_folder(signed, tmp_path / "out")
    keep = {
        path.name
        for path in (tmp_path / "out").rglob("*")
        if path.is_file() and SECRET in path.read_text(encoding="utf-8")
    }
    assert keep == {"script.py", "changes.diff"}
    assert SIGNED.partition("?")[0] in (tmp_path / "out" / "codegen-fi.json").read_text("utf-8")
    warned = [w for w in written.rewritten.warnings if "signature" in w.message]
    assert [w.line for w in warned] == [33]


def test_an_address_without_a_signature_is_no_warning(tmp_path):
    warnings = rewrite_to_folder(SCRIPT, tmp_path / "out").rewritten.warnings
    assert not any("signature" in w.message for w in warnings)
