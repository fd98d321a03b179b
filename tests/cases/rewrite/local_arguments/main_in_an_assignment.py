# Only the argument changes, whatever is done with the result.
if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--training_dataset_id', type=str)
    args = parser.parse_args()
    code = main(args.training_dataset_id)
# --- becomes
if __name__ == '__main__':
    from codegen_fi_runtime.local_run import Run, add_local_arguments
    parser = argparse.ArgumentParser()
    add_local_arguments(parser)
    args = parser.parse_args()
    Run.start(args)
    code = main(args.training_data)
