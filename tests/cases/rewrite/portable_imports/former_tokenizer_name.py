# The tokenizer of one token had other names; a script keeps the one it was written with.
def get_mapper_c6ba98(column_names):
    from azureml.training.tabular.featurization.utilities import wrap_in_lst
    from azureml.automl.runtime.featurizer.transformer.utilities import _wrap_in_lst as whole
    return {'tokenizer': wrap_in_lst, 'analyzer': whole}
# --- becomes
def get_mapper_c6ba98(column_names):
    from codegen_fi_runtime.automl.featurization.utilities import wrap_in_lst
    from codegen_fi_runtime.automl.featurization.utilities import _wrap_in_lst as whole
    return {'tokenizer': wrap_in_lst, 'analyzer': whole}
