# The form a user might write.
def get_mapper_0(column_names):
    from sklearn.impute import SimpleImputer
    return [{'class': SimpleImputer, 'verbose': 0}, {'verbose': 0, 'class': SimpleImputer}]
# --- becomes
def get_mapper_0(column_names):
    from sklearn.impute import SimpleImputer
    return [{'class': SimpleImputer}, {'class': SimpleImputer}]
