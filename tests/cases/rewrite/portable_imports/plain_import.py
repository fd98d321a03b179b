# Attributes of a package can't be told from names of it, so a plain import isn't exchanged.
def main():
    import azureml.training.tabular
    return azureml
# --- refused: line 2: 'import azureml.training.tabular' imports a module of the official packages as a whole
