# A positional argument has no name to look up; scripts only pass transformers' names that way.
def generate_pipeline_with_ytransformer(pipeline):
    from sklearn.preprocessing import LabelEncoder
    return PipelineWithYTransformations(pipeline, 'LabelEncoder', LabelEncoder())
