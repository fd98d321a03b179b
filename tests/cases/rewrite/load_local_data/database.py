# Rows from a database of the user's.
def get_training_dataset(dataset_id):
    import sqlite3

    import pandas as pd

    connection = sqlite3.connect('rows.db')
    return pd.read_sql('select * from rows', connection)
