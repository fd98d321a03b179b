# An alias stays.
def main():
    from azureml.core import Run as AzureRun
    run = AzureRun.get_context()
# --- becomes
def main():
    from codegen_fi_runtime.local_run import Run as AzureRun
    run = AzureRun.get_context()
