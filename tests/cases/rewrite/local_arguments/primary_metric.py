# Importances are drops of the metric the model was chosen by, when its run names one.
# --- with {'validation': True, 'scoring': 'AUC_weighted'}
if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--training_dataset_uri', type=str, default='abc', help='Uri of the dataset')
    parser.add_argument('--validation_dataset_uri', type=str, default='def', help='Uri of the dataset')
    args = parser.parse_args()
    main(args.training_dataset_uri, args.validation_dataset_uri)
# --- becomes
if __name__ == '__main__':
    from codegen_fi_runtime.local_run import Run, add_local_arguments
    parser = argparse.ArgumentParser()
    add_local_arguments(parser, validation=True, scoring='AUC_weighted')
    args = parser.parse_args()
    Run.start(args)
    main(args.training_data, args.validation_data)
