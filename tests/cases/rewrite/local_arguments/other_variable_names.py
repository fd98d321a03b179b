# The names of parser and arguments are the script's.
if __name__ == '__main__':
    p = argparse.ArgumentParser()
    p.add_argument('--training_dataset_id', type=str)
    options = p.parse_args()
    main(options.training_dataset_id)
# --- becomes
if __name__ == '__main__':
    from codegen_fi_runtime.local_run import Run, add_local_arguments
    p = argparse.ArgumentParser()
    add_local_arguments(p)
    options = p.parse_args()
    Run.start(options)
    main(options.training_data)
