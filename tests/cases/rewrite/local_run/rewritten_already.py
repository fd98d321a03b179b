# The local run needs no other.
def main():
    from codegen_fi_runtime.local_run import Run
    run = Run.get_context()
