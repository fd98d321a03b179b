# A Run of another package.
def main():
    from tracking.core import Run

    run = Run.get_context()
    return run
