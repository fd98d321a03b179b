# Rows in a starred argument have no name to explain the model with.
def main():
    run = Run.get_context()
    model = train_model(*everything)
# --- refused: should be given the rows and the target
