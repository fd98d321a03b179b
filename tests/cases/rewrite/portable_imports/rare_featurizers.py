# Featurizers that scripts rarely name have stand-ins as well, wherever their release kept them.
def get_mapper_0(column_names):
    from azureml.training.tabular.featurization.categorical.onehotencoder_transformer import OneHotEncoderTransformer
    from azureml.training.tabular.featurization.generic.modelbased_target_encoder import ModelBasedTargetEncoder
    from azureml.training.tabular.featurization.numeric.bin_transformer import BinTransformer
    from azureml.training.tabular.featurization.text.naive_bayes import NaiveBayes
    from azureml.training.tabular.featurization.text.stats_transformer import StatsTransformer
    from azureml.training.tabular.featurization.text.string_concat_transformer import StringConcatTransformer
    from sklearn.naive_bayes import MultinomialNB
    return [OneHotEncoderTransformer, {'class': ModelBasedTargetEncoder, 'model_class': MultinomialNB},
            BinTransformer, NaiveBayes, StatsTransformer, StringConcatTransformer]


def get_mapper_1(column_names):
    from azureml.automl.runtime.featurizer.transformer.generic.lambda_transformer import LambdaTransformer
    from azureml.automl.runtime.featurizer.transformer.numeric.bin_transformer import BinTransformer
    from azureml.automl.runtime.featurization import OneHotEncoderTransformer, StatsTransformer
    from azureml.training.tabular.featurization.categorical.prefitted_labelencoder_transformer import PrefittedLabelEncoderTransformer
    from azureml.training.tabular.featurization.numeric.prefitted_standard_scaler import PrefittedStandardScaler
    return [LambdaTransformer, BinTransformer, OneHotEncoderTransformer, StatsTransformer,
            PrefittedLabelEncoderTransformer, PrefittedStandardScaler]
# --- becomes
def get_mapper_0(column_names):
    from codegen_fi_runtime.automl.featurization.categorical.onehotencoder_transformer import OneHotEncoderTransformer
    from codegen_fi_runtime.automl.featurization.generic.modelbased_target_encoder import ModelBasedTargetEncoder
    from codegen_fi_runtime.automl.featurization.numeric.bin_transformer import BinTransformer
    from codegen_fi_runtime.automl.featurization.text.naive_bayes import NaiveBayes
    from codegen_fi_runtime.automl.featurization.text.stats_transformer import StatsTransformer
    from codegen_fi_runtime.automl.featurization.text.string_concat_transformer import StringConcatTransformer
    from sklearn.naive_bayes import MultinomialNB
    return [OneHotEncoderTransformer, {'class': ModelBasedTargetEncoder, 'model_class': MultinomialNB},
            BinTransformer, NaiveBayes, StatsTransformer, StringConcatTransformer]


def get_mapper_1(column_names):
    from codegen_fi_runtime.automl.featurization.generic.lambda_transformer import LambdaTransformer
    from codegen_fi_runtime.automl.featurization.numeric.bin_transformer import BinTransformer
    from codegen_fi_runtime.automl.featurization.categorical.onehotencoder_transformer import OneHotEncoderTransformer
    from codegen_fi_runtime.automl.featurization.text.stats_transformer import StatsTransformer
    from codegen_fi_runtime.automl.featurization.categorical.prefitted_labelencoder_transformer import PrefittedLabelEncoderTransformer
    from codegen_fi_runtime.automl.featurization.numeric.prefitted_standard_scaler import PrefittedStandardScaler
    return [LambdaTransformer, BinTransformer, OneHotEncoderTransformer, StatsTransformer,
            PrefittedLabelEncoderTransformer, PrefittedStandardScaler]
