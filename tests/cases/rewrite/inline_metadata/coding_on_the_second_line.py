# The comment above a coding line has to stay above it, too.
# Training of a model
# vim: set fileencoding=utf-8 :
import numpy
# --- becomes
# Training of a model
# vim: set fileencoding=utf-8 :
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
import numpy
