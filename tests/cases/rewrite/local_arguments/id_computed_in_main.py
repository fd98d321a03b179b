# What a user makes of the id can't be done with the name of a file.
def get_training_dataset(dataset_id):
    return read(dataset_id)


def main(training_dataset_id=None):
    df = get_training_dataset(training_dataset_id.lower())


if __name__ == '__main__':
    main('abc')
# --- refused: line 6: main() should hand one of its arguments to get_training_dataset() as it is
