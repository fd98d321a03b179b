# Nothing to save.
def main():
    run = Run.get_context()
# --- refused: main() should hold a line 'model = train_model(...)'
