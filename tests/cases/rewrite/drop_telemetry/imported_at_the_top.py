# What lives on an import at the top goes as well; the import goes with another rule.
from azureml.telemetry import get_telemetry_log_handler


def setup_instrumentation():
    logger = logging.getLogger("training")
    logger.addHandler(get_telemetry_log_handler())
    return logger
# --- becomes
from azureml.telemetry import get_telemetry_log_handler


def setup_instrumentation():
    logger = logging.getLogger("training")
    return logger
