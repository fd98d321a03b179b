"""The rules, in the order they are planned and shown."""

from codegen_fi.rewrite.engine import Rule
from codegen_fi.rewrite.rules import (
    drop_telemetry,
    explain_after_training,
    inline_metadata,
    load_local_data,
    local_arguments,
    local_run,
    portable_imports,
    repair_missing_imports,
    replace_removed_arguments,
    save_model_locally,
)

RULES: tuple[Rule, ...] = (
    inline_metadata.RULE,
    drop_telemetry.RULE,
    load_local_data.RULE,
    portable_imports.RULE,
    repair_missing_imports.RULE,
    replace_removed_arguments.RULE,
    local_run.RULE,
    save_model_locally.RULE,
    explain_after_training.RULE,
    local_arguments.RULE,
)
