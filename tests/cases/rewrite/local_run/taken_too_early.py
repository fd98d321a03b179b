# At the top the run would be taken before the command line says where it writes.
from azureml.core import Run

run = Run.get_context()
# --- refused: line 3: the run is taken here
