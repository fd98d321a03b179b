# Which of the two gets the file isn't clear.
if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--training_dataset_id', type=str)
    args = parser.parse_args()
    main(args.training_dataset_id)
    main(args.training_dataset_id)
# --- refused: call main() once
