# Without its option the other use of the id would fail.
if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--training_dataset_id', type=str)
    args = parser.parse_args()
    print('Training on', args.training_dataset_id)
    main(args.training_dataset_id)
# --- refused: line 5: args.training_dataset_id is read here as well
