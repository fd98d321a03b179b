# The libraries at the top of every script.
import numpy
import numpy as np
import pandas as pd
import pickle
import argparse
