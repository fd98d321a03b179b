"""The calls on the SDK's generator: script, notebook, and the form it doesn't generate."""

import contextlib
import os
import sys


def make_script(run, pipeline, autofeaturization, formatted):
    """The script as the first one of a process, formatted by black or not."""
    from azureml.train.automl.runtime._code_generation import code_generator

    fresh_generator_state()
    # The oldest SDKs know no featurization-only script, and take no such argument.
    extra = {"is_autofeaturization": True} if autofeaturization else {}
    with contextlib.nullcontext() if formatted else without_black():
        return code_generator.generate_full_script(run, pipeline, **extra)


@contextlib.contextmanager
def without_black():
    """Let black look uninstalled: the generator then writes its text unformatted."""
    modules = {name: sys.modules.pop(name) for name in list(sys.modules) if is_black(name)}
    sys.modules["black"] = None
    try:
        yield
    finally:
        del sys.modules["black"]
        sys.modules.update(modules)


def is_black(name):
    return name == "black" or name.startswith("black.")


def fresh_generator_state():
    """Every script as the first one of a process: the generator numbers mappers process-wide."""
    from azureml.automl.core import _codegen_utilities
    from azureml.train.automl.runtime._code_generation import data_featurizer_template

    data_featurizer_template.IndividualFeaturizerTemplate.instance_cache.clear()
    _codegen_utilities.import_cache.clear()


def input_datasets(parent):
    """The data by the script's argument; older SDKs give a tuple of two ids."""
    from azureml.train.automl.runtime._code_generation import utilities

    found = utilities.get_input_datasets(parent)
    if not hasattr(found, "items"):
        found = zip(("training_dataset_id", "validation_dataset_id"), found)
    return {name: value for name, value in dict(found).items() if value}


def make_notebook(child, parent, inputs, autofeaturization):
    from azureml.train.automl.runtime import __version__
    from azureml.train.automl.runtime._code_generation import notebook_generator
    from azureml.core.compute_target import ComputeTargetException

    def no_target(workspace, name):
        raise ComputeTargetException("no workspace here")

    arguments = {
        # 1.44's template names the data itself, later ones take the whole command line.
        "training_dataset_id": inputs.get("training_dataset_id"),
        "validation_dataset_id": inputs.get("validation_dataset_id"),
        "script_arguments": " ".join("--%s %s" % pair for pair in inputs.items()),
        "training_package": "azureml-train-automl~=" + __version__,
    }
    saved = notebook_generator.ComputeTarget
    notebook_generator.ComputeTarget = no_target
    try:
        return notebook_generator.generate_script_run_notebook(
            child,
            parent_run=parent,
            template_name="autofeaturization_run" if autofeaturization else "script_run",
            environment=child.get_environment(),
            notebook_args=arguments,
        )
    finally:
        notebook_generator.ComputeTarget = saved


def vertical_script(out):
    """The vision/NLP form is not generated: it is the text of the hd_*_driver.py on the call stack."""
    from azureml.train.automl.runtime._code_generation import code_generator

    driver = (
        "# Driver of a hyperdrive child, as the service writes it.\n"
        "AUTOML_SETTINGS = {'task_type':'image-classification','enable_code_generation':True}\n"
        "def emit(generate):\n"
        "    return generate()\n"
    )
    here = os.getcwd()
    path = out / "hd_corpus_driver.py"
    path.write_text(driver)
    os.chdir(str(out))
    try:
        scope = {}
        exec(compile(driver, "hd_corpus_driver.py", "exec"), scope)
        return scope["emit"](code_generator.generate_verticals_script)
    finally:
        os.chdir(here)
        path.unlink()
