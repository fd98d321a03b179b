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
    refit_on_all_rows,
    repair_missing_imports,
    repair_short_series,
    replace_removed_arguments,
    save_model_locally,
    weigh_training_rows,
)

RULES: tuple[Rule, ...] = (
    inline_metadata.RULE,
    drop_telemetry.RULE,
    load_local_data.RULE,
    portable_imports.RULE,
    repair_missing_imports.RULE,
    repair_short_series.RULE,
    replace_removed_arguments.RULE,
    local_run.RULE,
    weigh_training_rows.RULE,
    refit_on_all_rows.RULE,
    save_model_locally.RULE,
    explain_after_training.RULE,
    local_arguments.RULE,
)
