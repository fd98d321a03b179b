"""Names of columns are untrusted text: whatever they are, they arrive as themselves."""

import ast
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codegen_fi.parse import parse_script
from codegen_fi.rewrite import rewrite

QUICK = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
NAMES = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
AWKWARD = st.sampled_from(
    ["it's", 'a"b', "'''", '"""', "\\", "a\nb", "\r", "\x00", "\u2028", "\x0c", "{{x}}", "# --", ""]
)
GROUPS = st.lists(
    st.lists(NAMES | AWKWARD, min_size=1, max_size=4, unique=True), min_size=1, max_size=4
)
FRAME = Path(__file__).resolve().parents[1] / "cases" / "scripts" / "stacking.py"

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


def script(label: str, weights: str | None, groups: list[list[str]], dates: list[bool]) -> str:
    """A script in the generator's shape, with these names and one mapper per group."""
    text = FRAME.read_text(encoding="utf-8")
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


def load_call(text: str) -> dict[str, object]:
    """The arguments of ``load_table`` in a rewritten script, read as literals."""
    (call,) = (
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "load_table"
    )
    assert ast.unparse(call.args[0]) == "dataset_id"
    return {k.arg or "": ast.literal_eval(k.value) for k in call.keywords}


@QUICK
@given(
    label=NAMES | AWKWARD,
    weights=st.none() | NAMES | AWKWARD,
    groups=GROUPS,
    data=st.data(),
)
def test_names_arrive_in_the_new_script_as_they_are_in_the_old(
    label: str, weights: str | None, groups: list[list[str]], data: st.DataObject
) -> None:
    dates = [data.draw(st.booleans()) for _ in groups]
    read = parse_script(script(label, weights, groups, dates))
    model = read.model
    assert model.label == label
    assert model.weight_column == weights
    assert [[n for (n,) in m.columns] for m in model.pipeline.mappers] == groups
    assert [m.as_frame for m in model.pipeline.mappers] == [not is_date for is_date in dates]

    after = rewrite(read).after
    wanted: dict[str, object] = {"label": label}
    if weights is not None:
        wanted["weights"] = weights
    wanted["columns"] = list(dict.fromkeys(name for group in groups for name in group))
    parsed = [n for g, is_date in zip(groups, dates, strict=True) if is_date for n in g]
    if parsed:
        wanted["dates"] = list(dict.fromkeys(parsed))
    assert load_call(after) == wanted
    assert parse_script(after).model.pipeline.columns() == model.pipeline.columns()
