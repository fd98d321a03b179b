"""A fitted classification or regression pipeline, featurized by the SDK itself."""

from driver.fitting import fit_model, problem_info


def custom_featurization():
    from azureml.automl.core.featurization import FeaturizationConfig

    config = FeaturizationConfig()
    config.add_column_purpose("zip", "Categorical")
    config.add_transformer_params("Imputer", ["hours per week"], {"strategy": "median"})
    config.add_transformer_params("Imputer", ["age"], {"strategy": "constant", "fill_value": 40})
    config.drop_columns = ["noise_2"]
    return config


class KeepAllSweeper:
    """Stands where the SDK's MetaSweeper stands, and keeps every candidate without scoring it."""

    def __init__(self, task, kinds):
        self.task, self.kinds = task, kinds

    def sweep(self, working_dir, X, y, stats_and_column_purposes, **_):
        from sklearn.pipeline import make_pipeline
        from azureml.automl.runtime.featurizer.transformer.categorical import (
            categorical_featurizers as cat,
        )
        from azureml.automl.runtime.featurizer.transformer.generic import generic_featurizers as gen
        from azureml.automl.runtime.featurizer.transformer.text import text_featurizers as text

        C, G, T = cat.CategoricalFeaturizers, gen.GenericFeaturizers, text.TextFeaturizers
        by_kind = {}
        for _stats, purpose, column in stats_and_column_purposes:
            by_kind.setdefault(str(purpose).lower(), []).append(column)
        found = []
        for column in by_kind.get("categorical", []):
            if "cat" in self.kinds:
                found.append(
                    (
                        column,
                        make_pipeline(
                            C.cat_imputer(), T.string_cast(), C.cat_targetencoder(task=self.task)
                        ),
                    )
                )
            if "woe" in self.kinds:
                found.append(
                    (
                        column,
                        make_pipeline(
                            C.cat_imputer(), T.string_cast(), C.woe_targetencoder(task=self.task)
                        ),
                    )
                )
        if "kmeans" in self.kinds:
            found.append(
                (
                    by_kind["numeric"],
                    make_pipeline(G.imputer(), G.maxabsscaler(), G.minibatchkmeans_featurizer()),
                )
            )
        for column in by_kind.get("text", []):
            if "bow" in self.kinds:
                found.append((column, make_pipeline(T.string_cast(), T.bow_transformer())))
        return found


def add_word_embeddings(transformer, column):
    """Add the word embedding step as sweeping adds it; unfitted, since fitting downloads the vectors."""
    from sklearn.pipeline import make_pipeline
    from sklearn_pandas import DataFrameMapper
    from azureml.automl.runtime.featurization.transformer_and_mapper import TransformerAndMapper
    from azureml.automl.runtime.featurizer.transformer.text import text_featurizers as text

    steps = make_pipeline(
        text.TextFeaturizers.string_cast(),
        text.TextFeaturizers.word_embeddings(embeddings_name="wiki_news_300d_1M_subword"),
    )
    mapper = DataFrameMapper([(column, steps, {"alias": "embeddings"})], input_df=True, sparse=True)
    transformer.transformer_and_mapper_list.append(
        TransformerAndMapper(transformers=steps, mapper=mapper)
    )


def build_tabular(spec, frame, label, settings):
    import numpy as np
    from azureml.automl.core.shared import constants
    from azureml.automl.core.constants import PredictionTransformTypes
    from azureml.automl.runtime import data_cleaning, data_transformation
    from azureml.automl.runtime.shared import model_wrappers

    task = spec["task"]
    X = frame.drop(columns=[label] + ([spec["weight"]] if spec.get("weight") else []))
    y = frame[label].values
    X, y, _ = data_cleaning._remove_nan_rows_in_X_y(
        X, y, None, is_timeseries=False, target_column=label
    )
    config = custom_featurization() if spec.get("featurization") == "custom" else None
    if config is not None and config.drop_columns:
        X = X.drop(columns=config.drop_columns)
    transform = PredictionTransformTypes.INTEGER if spec.get("y_integer") else None
    y_transformer, y_enc, _ = data_transformation._y_transform(y, None, task, transform)
    transformer = None
    if spec.get("featurization") == "off":
        features = X.values
    else:
        transformer = data_transformation._suggest_featurizers_and_create_datatransformer(
            task=task,
            X=X,
            y=y_enc,
            featurization_config=config,
            enable_feature_sweeping=bool(spec.get("sweep")),
            enable_dnn=False,
            is_cross_validation=bool(settings.get("n_cross_validations")),
            _feature_sweeper=KeepAllSweeper(task, spec["sweep"]) if spec.get("sweep") else None,
        )
        features = transformer.fit_transform(X, y_enc)
    info = problem_info(features.shape[0], features.shape[1], task, hasattr(features, "tocsr"))
    facts = {"featurized_shape": list(features.shape), "featurized_type": type(features).__name__}
    if transformer is not None:
        facts["engineered_feature_names"] = list(transformer.get_engineered_feature_names())
        facts["column_purposes"] = {
            str(c): str(p) for _, p, c in transformer.stats_and_column_purposes
        }
    if spec["steps"] == "featurizer":
        return transformer, facts
    pipeline = fit_model(spec, features, y_enc, task, info, settings["primary_metric"])
    if task == constants.Tasks.REGRESSION:
        pipeline = model_wrappers.RegressionPipeline(pipeline, stddev=float(np.std(y_enc)))
    if transformer is not None:
        if spec.get("word_embeddings"):
            add_word_embeddings(transformer, spec["word_embeddings"])
        pipeline.steps.insert(0, (constants.Transformers.X_TRANSFORMER, transformer))
    if y_transformer is not None:
        pipeline = model_wrappers.PipelineWithYTransformations(
            pipeline,
            "LabelEncoder" if task == constants.Tasks.CLASSIFICATION else None,
            y_transformer,
        )
    return pipeline, facts
