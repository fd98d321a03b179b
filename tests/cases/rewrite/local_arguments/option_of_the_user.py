# Options that aren't the dataset's stay, and so do their arguments.
if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--verbose', action='store_true')
    parser.add_argument('--training_dataset_id', type=str)
    args = parser.parse_args()
    main(args.training_dataset_id, verbose=args.verbose)
# --- becomes
if __name__ == '__main__':
    from codegen_fi_runtime.local_run import Run, add_local_arguments
    parser = argparse.ArgumentParser()
    parser.add_argument('--verbose', action='store_true')
    add_local_arguments(parser)
    args = parser.parse_args()
    Run.start(args)
    main(args.training_data, verbose=args.verbose)
