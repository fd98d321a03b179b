# A name bound inside an expression.
def generate_preprocessor_config():
    if (size := len('abc')) > 2:
        return size
    return None
