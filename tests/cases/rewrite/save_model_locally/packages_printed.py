# Lines that build on a line that goes would fail.
def main():
    from azureml.automl.core.inference import inference
    run = Run.get_context()
    model = train_model(X, y)
    cd = inference.get_conda_deps_as_dict(True)
    print(sorted(cd))
# --- refused: line 6: cd comes from a line that only works inside Azure ML
