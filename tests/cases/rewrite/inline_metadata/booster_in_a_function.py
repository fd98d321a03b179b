# A library that one function imports is a requirement of the script.
def generate_algorithm_config():
    from lightgbm.sklearn import LGBMClassifier
    return LGBMClassifier()
# --- becomes
# /// script
# requires-python = ">=3.10"
# dependencies = [
#     "joblib>=1.3",
#     "lightgbm>=4.3,<5",
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
def generate_algorithm_config():
    from lightgbm.sklearn import LGBMClassifier
    return LGBMClassifier()
