# Two options of one name would end the script before it starts.
if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--training_dataset_id', type=str)
    parser.add_argument('--outputs', default='results')
    args = parser.parse_args()
    main(args.training_dataset_id)
# --- refused: line 4: the option --outputs is one of the options
