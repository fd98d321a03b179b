# Module names in text are only text.
def main():
    # from azureml.training.tabular.score.scoring import score_regression
    print('azureml.training.tabular', 'sklearn_pandas.dataframe_mapper')
