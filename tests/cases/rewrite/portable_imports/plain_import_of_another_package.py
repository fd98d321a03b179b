# Packages of Azure that no stand-in covers are another rule's business.
def main():
    import azureml_tools as tools
    import azure.storage as storage
    return tools, storage
