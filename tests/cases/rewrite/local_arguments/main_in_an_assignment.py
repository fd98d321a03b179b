# The call has to be a statement of its own to be replaced.
if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('--training_dataset_id', type=str)
    args = parser.parse_args()
    code = main(args.training_dataset_id)
# --- refused: call main() once
