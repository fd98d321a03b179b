# Assigned, unpacked, looped over, passed in.
def generate_algorithm_config(depth=3):
    from sklearn.tree import DecisionTreeClassifier
    first, (second, *others) = 1, (2, 3)
    for leaf in others:
        first += leaf
    with open(__file__) as stream:
        text = stream.read()
    def inner(a):
        return a
    return DecisionTreeClassifier(max_depth=depth), first, second, inner(text)
