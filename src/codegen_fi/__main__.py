"""``python -m codegen_fi``."""

from codegen_fi.cli import main

if __name__ == "__main__":
    main()
