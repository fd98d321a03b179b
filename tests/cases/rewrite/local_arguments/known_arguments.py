# Another way of parsing has another result.
if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--training_dataset_id', type=str)
    args, rest = parser.parse_known_args()
    main(args.training_dataset_id)
# --- refused: line 1: this block should add arguments, parse them once
