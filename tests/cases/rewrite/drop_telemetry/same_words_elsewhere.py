# Only setup_instrumentation is looked at: another function may use such names for its own ends.
def main():
    handler = get_telemetry_log_handler()
    return handler
