# A main that logs nowhere.
def main(training_dataset_id=None):
    df = get_training_dataset(training_dataset_id)
    print(train_model(*prepare_data(df)))
