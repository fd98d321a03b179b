# The generator's comment comes behind the metadata.
# This script came out of version 1.62.0
import numpy
# --- becomes
# /// script
# requires-python = ">=3.10"
# dependencies = [
#     "joblib>=1.3",
#     "matplotlib>=3.8",
#     "numpy>=1.26",
#     "pandas>=2.2",
#     "pyarrow>=15",
#     "pyyaml>=6.0",
#     "scikit-learn>=1.5,<1.10",
#     "scipy>=1.11",
# ]
# ///
# Rewritten by codegen-fi {version}; changes.diff tells each change and its rule.
# This script came out of version 1.62.0
import numpy
