# A run of the user's own.
class Run:
    @classmethod
    def get_context(cls):
        return cls()


def main():
    run = Run.get_context()
