# Names that a comprehension binds.
def generate_data_transformation_config():
    columns = [name for name in ('a', 'b')]
    return columns
