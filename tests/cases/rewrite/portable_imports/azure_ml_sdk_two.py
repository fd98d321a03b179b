# The second SDK is another package; its names are not ours to exchange.
def main():
    from azure.ai.ml import MLClient
    from azureml_training import tabular
    return MLClient, tabular
