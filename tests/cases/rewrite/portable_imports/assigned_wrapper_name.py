# A string, a key and an attribute of that name import nothing.
def main(row):
    return {'CatImputer': row.LightGBMClassifier, 'azureml': "sklearn_pandas"}
