# The names of the rows are told by the parameters, in whichever order.
def main():
    run = Run.get_context()
    model = train_model(y=target, X=rows)
# --- becomes
def main():
    run = Run.get_context()
    model = train_model(y=target, X=rows)
    run.explain(model, rows, target)
