# Transformers of tables and of targets, which older scripts take from one module.
def generate_preprocessor_config(kept):
    from azureml.automl.runtime.shared.model_wrappers import DropColumnsTransformer as Kept
    from azureml.automl.runtime.shared.model_wrappers import PreprocWrapper
    return Kept(columns_to_keep=kept), PreprocWrapper


def generate_pipeline_with_ytransformer(pipeline):
    from azureml.automl.runtime.shared.model_wrappers import LogTransformer
    from azureml.automl.runtime.shared.model_wrappers import PipelineWithYTransformations
    return PipelineWithYTransformations(pipeline, 'LogTransformer', LogTransformer(safe=True))
# --- becomes
def generate_preprocessor_config(kept):
    from codegen_fi_runtime.automl.models.column_transformers import DropColumnsTransformer as Kept
    from codegen_fi_runtime.automl.models.preproc_wrapper import PreprocWrapper
    return Kept(columns_to_keep=kept), PreprocWrapper


def generate_pipeline_with_ytransformer(pipeline):
    from codegen_fi_runtime.automl.models.target_transformers import LogTransformer
    from codegen_fi_runtime.automl.models.pipeline_with_ytransformations import PipelineWithYTransformations
    return PipelineWithYTransformations(pipeline, 'LogTransformer', LogTransformer(safe=True))
