# Featurizers are described by dictionaries, not calls.
def get_mapper_0(column_names):
    from sklearn.impute import SimpleImputer
    from sklearn_pandas.features_generator import gen_features
    return gen_features(
        columns=column_names,
        classes=[
            {
                'class': SimpleImputer,
                'strategy': 'mean',  # of the training rows
                'verbose': 'deprecated',
            },
        ]
    )
# --- becomes
def get_mapper_0(column_names):
    from sklearn.impute import SimpleImputer
    from sklearn_pandas.features_generator import gen_features
    return gen_features(
        columns=column_names,
        classes=[
            {
                'class': SimpleImputer,
                'strategy': 'mean',  # of the training rows
            },
        ]
    )
