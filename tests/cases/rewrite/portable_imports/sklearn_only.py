# Open-source imports stay where they are, in functions as well.
def generate_preprocessor_config():
    from sklearn.preprocessing import MaxAbsScaler

    preproc = MaxAbsScaler(copy=True)
    return preproc
