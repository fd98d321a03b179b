# The class named in the dictionary counts.
def get_mapper_0(column_names):
    from sklearn.feature_extraction.text import CountVectorizer
    return [{'class': CountVectorizer, 'verbose': 0}, {'verbose': 0}]
