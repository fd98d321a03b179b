# The form of the import stays, comments included.
def generate_algorithm_config():
    from azureml.training.tabular.models.voting_ensemble import (
        PreFittedSoftVotingClassifier as Voting,  # the ensemble
    )
    return Voting()
# --- becomes
def generate_algorithm_config():
    from codegen_fi_runtime.automl.models.voting_ensemble import (
        PreFittedSoftVotingClassifier as Voting,  # the ensemble
    )
    return Voting()
