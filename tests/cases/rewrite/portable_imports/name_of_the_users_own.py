# A class of the user's with an official name needs no import.
class CatImputer:
    pass


def get_mapper_0(column_names):
    return CatImputer()
