# The names of the rows are read from the positional arguments.
def main():
    run = Run.get_context()
    model = train_model(X=rows, y=target)
# --- refused: should be given the rows and the target
