# A package of the user whose inner module has an official name.
def load():
    from mine.sklearn_pandas import DataFrameMapper

    return DataFrameMapper
