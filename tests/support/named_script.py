"""A script in the generator's shape with any names in it, written as the generator writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from specimens import SCRIPTS

FRAME = SCRIPTS["stacking"]

MAPPER = """
def get_mapper_{n}(column_names):
    from {module} import {transformer}
    from sklearn_pandas.dataframe_mapper import DataFrameMapper
    from sklearn_pandas.features_generator import gen_features

    definition = gen_features(columns=column_names, classes=[{{'class': {transformer}}}])
    return DataFrameMapper(features=definition, input_df=True)

"""
DATES = (
    "azureml.training.tabular.featurization.datetime.datetime_transformer",
    "DateTimeFeaturesTransformer",
)
NUMBERS = ("sklearn.impute", "SimpleImputer")


@dataclass(frozen=True, slots=True)
class Names:
    """What a script is given from outside; ``dates`` tells which groups hold dates."""

    label: str
    weights: str | None
    groups: list[list[str]]
    dates: list[bool]
    run: str = "AutoML_stack_0"
    dataset: str = "abc"

    def all(self) -> list[str]:
        own = [self.label, self.run, self.dataset, *([self.weights] if self.weights else [])]
        return list(dict.fromkeys([*own, *(name for group in self.groups for name in group)]))

    def replaced(self, by: Mapping[str, str]) -> Names:
        return Names(
            by[self.label],
            by[self.weights] if self.weights else self.weights,
            [[by[name] for name in group] for group in self.groups],
            self.dates,
            by[self.run],
            by[self.dataset],
        )


def script_with(names: Names) -> str:
    """Return a script in the generator's shape, with these names and one mapper per group."""
    label, weights, groups, dates = names.label, names.weights, names.groups, names.dates
    text = FRAME.replace("'AutoML_stack_0'", repr(names.run))
    text = text.replace("default='abc'", f"default={names.dataset!r}")
    pasted = f"    label_column_name = {label!r}\n"
    if weights is not None:
        pasted += f"    class_weights_column_name = {weights!r}\n"
    text = text.replace("    label_column_name = 'days'\n", pasted)
    mappers = ""
    for n, is_date in enumerate(dates):
        module, transformer = DATES if is_date else NUMBERS
        mappers += MAPPER.format(n=n, module=module, transformer=transformer) + "\n"
    entries = "".join(
        f"        ('mapper_{n}', get_mapper_{n}(column_group_{n})),\n" for n in range(len(groups))
    )
    columns = "".join(
        f"    column_group_{n} = {group if is_date else [[name] for name in group]!r}\n"
        for n, (group, is_date) in enumerate(zip(groups, dates, strict=True))
    )
    featurizer = (
        "def generate_data_transformation_config():\n"
        "    from sklearn.pipeline import FeatureUnion\n\n"
        f"{columns}\n    return FeatureUnion([\n{entries}    ])\n\n\n"
    )
    text = text.replace(
        "def build_model_pipeline", mappers + featurizer + "def build_model_pipeline"
    )
    return text.replace(
        "steps=[('stackensemble'",
        "steps=[('featurization', generate_data_transformation_config()), ('stackensemble'",
    )
