# The lines of the parser that stand outside the block stay.
parser = argparse.ArgumentParser()

if __name__ == '__main__':
    parser.add_argument('--training_dataset_id', type=str)
    args = parser.parse_args()
    main(args.training_dataset_id)
# --- becomes
parser = argparse.ArgumentParser()

if __name__ == '__main__':
    from codegen_fi_runtime.local_run import Run, add_local_arguments
    add_local_arguments(parser)
    args = parser.parse_args()
    Run.start(args)
    main(args.training_data)
