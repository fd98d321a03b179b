# A text vectorizer of a mapper; its tokens and dtype are nobody's relics.
def get_mapper_3(column_names):
    from sklearn.feature_extraction.text import TfidfVectorizer

    return gen_features(columns=column_names, classes=[
        {'class': TfidfVectorizer, 'analyzer': 'word', 'ngram_range': (1, 2), 'norm': 'l2', 'use_idf': False},
    ])
