"""Where a script comes from: a path, a run of Azure Machine Learning, a run of MLflow.

Nothing here imports a client library; those live in processes of their own, in `clients`.
"""

from codegen_fi.sources.address import Address, parse_address
from codegen_fi.sources.choose import Choice, Listed, choose, list_children
from codegen_fi.sources.choose import best_of as choose_best_of
from codegen_fi.sources.facts import RunFacts, run_facts
from codegen_fi.sources.failures import RemoteError
from codegen_fi.sources.local import Found, find_script
from codegen_fi.sources.records import (
    ClientName,
    Connected,
    Credential,
    DataReference,
    Downloaded,
    JobSpec,
    RunRecord,
    Settings,
    Submitted,
    Workspace,
)
from codegen_fi.sources.remote import Remote, RemoteEvents
from codegen_fi.sources.run_file import (
    RUN_FILE,
    listed_files,
    measured,
    origin_of,
    read_run_file,
    run_file,
    run_of,
)
from codegen_fi.sources.transfer import fetch_files
from codegen_fi.sources.workspace import find_workspace

__all__ = [
    "RUN_FILE",
    "Address",
    "Choice",
    "ClientName",
    "Connected",
    "Credential",
    "DataReference",
    "Downloaded",
    "Found",
    "JobSpec",
    "Listed",
    "Remote",
    "RemoteError",
    "RemoteEvents",
    "RunFacts",
    "RunRecord",
    "Settings",
    "Submitted",
    "Workspace",
    "choose",
    "choose_best_of",
    "fetch_files",
    "find_script",
    "find_workspace",
    "list_children",
    "listed_files",
    "measured",
    "origin_of",
    "parse_address",
    "read_run_file",
    "run_facts",
    "run_file",
    "run_of",
]
