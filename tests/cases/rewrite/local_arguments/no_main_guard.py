# Nothing takes arguments here.
def main():
    pass
# --- refused: there is no "if __name__ == '__main__'" block
