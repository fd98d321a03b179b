# A module of another name, at the top of the script.
from azureml_tools.core import Run


def main():
    return Run.get_context()
