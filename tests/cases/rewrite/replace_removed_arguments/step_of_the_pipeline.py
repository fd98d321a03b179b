# A step that a user builds where the pipeline is put together.
def build_model_pipeline():
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.pipeline import Pipeline

    return Pipeline(steps=[('model', RandomForestClassifier(n_estimators=25, max_features='auto'))])
# --- becomes
def build_model_pipeline():
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.pipeline import Pipeline

    return Pipeline(steps=[('model', RandomForestClassifier(n_estimators=25, max_features='sqrt'))])
