"""What can go wrong, and the exit code each kind ends with.

Every message says what happened, where, and what to do next; the command line prints it and
nothing else.  Anything that is not one of these is a bug.
"""

DONE = 0
BUG = 70


class CodegenFiError(Exception):
    """Base of every failure the user can act on."""

    exit_code: int = 1


class TrainingFailedError(CodegenFiError):
    """Training or explaining ended with an error; what was written so far is kept."""

    exit_code = 1


class UsageError(CodegenFiError):
    """The command was given something it can't use."""

    exit_code = 2


class ScriptNotUnderstoodError(CodegenFiError):
    """The script has a shape the tool doesn't know, or isn't Python."""

    exit_code = 3


class SourceError(CodegenFiError):
    """The place the script should come from can't be reached, denies access or has no script."""

    exit_code = 4


class EnvironmentBuildError(CodegenFiError):
    """The environment to train in couldn't be built."""

    exit_code = 5
