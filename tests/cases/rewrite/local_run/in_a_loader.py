# The loaders have a rule of their own, which drops the import.
def get_training_dataset(dataset_id):
    from azureml.core.run import Run
    return Run.get_context().experiment.workspace
