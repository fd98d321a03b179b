# Code in a string isn't run here.
def main():
    code = 'from azureml.core.run import Run'
    print(code)
