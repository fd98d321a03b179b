"""Run one script under a watch and keep what was seen, in either runtime."""

import ast
import sys
import traceback
import types

from fidelity.watch import Watch


def parts_of(path):
    """Compile a script in two: its definitions, and the lines that start it."""
    with open(path, encoding="utf-8") as stream:
        tree = ast.parse(stream.read(), path)
    start = [node for node in tree.body if isinstance(node, ast.If) and "__name__" in names(node)]
    definitions = ast.Module([node for node in tree.body if node not in start], [])
    return tuple(compile(part, path, "exec") for part in (definitions, ast.Module(start, [])))


def names(node):
    return {part.id for part in ast.walk(node.test) if isinstance(part, ast.Name)}


def loaded(path, name):
    """Execute a script's definitions as a module; the module and the code that starts it."""
    definitions, start = parts_of(path)
    module = types.ModuleType(name)
    module.__file__ = path
    # Functions of the script are looked up by module when they are pickled or cloned.
    sys.modules[name] = module
    exec(definitions, vars(module))
    return module, start


def watched(path, name, main, said=None):
    """Watch a script from its definitions to the end of ``main(module, start)``.

    Returns the watch, with ``trained`` and ``error`` among the facts of its record.
    """
    watch = Watch(said)
    facts = watch.record.facts
    try:
        module, start = loaded(path, name)
        if "main" not in vars(module):
            raise NotImplementedError("the script has no main()")
        if "calculate_metrics" in vars(module):
            watch.wrap(vars(module))
        main(module, start)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        traceback.print_exc()
        facts.update(trained=False, error=one_line(error))
    else:
        facts.update(trained=True)
    finally:
        watch.release()
    return watch


def one_line(error):
    """Class and message; the SDK's messages go on for a page, of which the first says it."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    words = " ".join(lines[:2] if lines[:1] == [type(error).__name__ + ":"] else lines[:1])
    return ("%s: %s" % (type(error).__name__, words))[:300]
