# An except clause binds its name.
def generate_preprocessor_config():
    from sklearn.preprocessing import MaxAbsScaler

    try:
        return MaxAbsScaler()
    except Exception as error:
        raise RuntimeError(str(error)) from error
