# A run of elsewhere has methods of its own.
def main():
    from experiments import Run
    run = Run.get_context()
    run.tag('kind', 'retrained')
