# These imports have rules of their own.
def main():
    from azureml.automl.core.inference import inference
    from azureml.core.run import Run
    import mlflow
    return inference, Run, mlflow
