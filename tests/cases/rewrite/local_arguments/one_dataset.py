# The generated end of a script with one dataset.
if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--training_dataset_id', type=str, default='abc',     help='Id of the dataset')
    args = parser.parse_args()

    try:
        main(args.training_dataset_id)
    except Exception as e:
        logging_utilities.log_traceback(e, logger)
        raise
# --- becomes
if __name__ == '__main__':
    from codegen_fi_runtime.local_run import Run, add_local_arguments
    parser = argparse.ArgumentParser()
    add_local_arguments(parser)
    args = parser.parse_args()
    Run.start(args)

    try:
        main(args.training_data)
    except Exception as e:
        logging_utilities.log_traceback(e, logger)
        raise
