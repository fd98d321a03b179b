"""Forecasters: only the official packages can train one."""

from __future__ import annotations

from codegen_fi.parse import dialects
from codegen_fi.parse.errors_at import refusal
from codegen_fi.parse.script import Script


def refuse_portable_forecaster(script: Script) -> None:
    """Refuse to rewrite a forecaster for open-source packages.

    Raises
    ------
    ScriptNotUnderstoodError
        The script trains a forecaster and the runtime is portable.
    """
    if script.model.task != "forecasting" or script.options.runtime != "portable":
        return
    site = script.functions.get(dialects.METRICS) or script.functions[dialects.BUILD_PIPELINE]
    raise refusal(
        script.name,
        site.statement.line,
        "this script trains a forecaster, which only the official packages can. "
        "Rewrite it for them: --runtime azureml",
    )
