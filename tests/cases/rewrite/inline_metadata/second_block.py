# Runners refuse a script with two blocks.
import numpy

# /// script
# dependencies = ["numpy"]
# ///
# --- refused: line 3: there is a block of inline script metadata here already
