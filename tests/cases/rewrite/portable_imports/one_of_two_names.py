# One known name doesn't vouch for the other.
def calculate_metrics():
    from azureml.training.tabular.preprocessing._dataset_binning import make_dataset_bins, make_text_bins
    return make_dataset_bins, make_text_bins
# --- refused: line 2: make_text_bins (from azureml.training.tabular.preprocessing._dataset_binning) has no
