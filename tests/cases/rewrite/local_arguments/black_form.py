# Formatted by black, with a comment at the top of the block.
if __name__ == "__main__":
    # options
    parser = argparse.ArgumentParser()
    parser.add_argument(
        "--training_dataset_id",
        type=str,
        default="abc",
        help="Id of the dataset",
    )
    args = parser.parse_args()
    main(args.training_dataset_id)
# --- becomes
if __name__ == "__main__":
    # options
    from codegen_fi_runtime.local_run import Run, add_local_arguments
    parser = argparse.ArgumentParser()
    add_local_arguments(parser)
    args = parser.parse_args()
    Run.start(args)
    main(args.training_data)
