"""No secret gets past `scrub`, and no plain text suffers from it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from codegen_fi.sources.secrets import public_address, scrub

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
        (f"azureml://h/mlflow/v1.0/x?token={SECRET}", "azureml://h/mlflow/v1.0/x"),
        ("azureml://h/mlflow/v1.0/x?", "azureml://h/mlflow/v1.0/x"),
    ],
)
def test_an_address_is_shown_without_its_secrets(uri, shown):
    assert public_address(uri) == shown
