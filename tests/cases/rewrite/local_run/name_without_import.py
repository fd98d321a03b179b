# A parameter called Run is no import.
def main(Run):
    run = Run.get_context()
