# A class of this name from elsewhere is the user's.
def main():
    from experiments import Run
    run = Run.get_context()
