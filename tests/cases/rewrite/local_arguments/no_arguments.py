# The oldest scripts take none.
def get_training_dataset():
    from azureml.core import Dataset
    return Dataset.get_by_id(ws, id='abc').to_pandas_dataframe()


def main():
    df = get_training_dataset()
    print(df)


if __name__ == '__main__':
    main()
# --- becomes
def get_training_dataset():
    from azureml.core import Dataset
    return Dataset.get_by_id(ws, id='abc').to_pandas_dataframe()


def main(training_data=None):
    df = get_training_dataset(training_data)
    print(df)


if __name__ == '__main__':
    import argparse
    from codegen_fi_runtime.local_run import Run, add_local_arguments
    parser = argparse.ArgumentParser()
    add_local_arguments(parser)
    args = parser.parse_args()
    Run.start(args)
    main(training_data=args.training_data)
