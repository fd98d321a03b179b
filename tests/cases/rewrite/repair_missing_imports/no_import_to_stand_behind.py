# The message holds the line to add.
def generate_algorithm_config():
    return BernoulliNB()
# --- refused: uses BernoulliNB without importing it. Add: from sklearn.naive_bayes import BernoulliNB
