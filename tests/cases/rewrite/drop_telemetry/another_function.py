# Only the function that sets logging up is touched by this rule.
def report():
    from azureml_telemetry import send

    return send
