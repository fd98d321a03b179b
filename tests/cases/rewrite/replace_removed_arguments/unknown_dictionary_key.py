# A transformer's dictionary is a call in another form.
def get_mapper_0(column_names):
    from sklearn.impute import SimpleImputer
    return [{'class': SimpleImputer, 'filling': 1}]
# --- refused: line 3: SimpleImputer has no argument 'filling'
