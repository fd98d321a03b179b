# A function of the script needs no import.
def make(alpha):
    return alpha


def generate_algorithm_config():
    algorithm = make(0.5)
    return algorithm
