# A lambda binds its parameter.
def get_mapper_1(column_names):
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(tokenizer=lambda text: [text])
