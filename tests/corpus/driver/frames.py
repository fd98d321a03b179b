"""The tabular data: every column informative or noise by construction, odd names on purpose."""

SEED = 20240607


def random():
    import numpy as np

    return np.random.RandomState(SEED)


WORDS_GOOD = "great prompt friendly excellent smooth helpful recommend happy".split()
WORDS_BAD = "terrible late rude broken slow useless refund angry".split()
WORDS_ANY = (
    "the delivery of my order was and service from shop with this product box "
    "phone cable again very really quite then staff after week email store"
).split()


def mixed_frame(n=600):
    """A frame with one column of every kind the SDK distinguishes; odd column names on purpose."""
    import numpy as np
    import pandas as pd

    r = random()
    age = r.randint(18, 80, n)
    hours = np.round(r.normal(40, 11, n), 1)
    size = np.round(r.gamma(3.0, 2.0, n), 3)
    work = r.choice(
        ["private", "state", "self emp", "none", "gov"], n, p=[0.45, 0.2, 0.15, 0.1, 0.1]
    )
    sex = r.choice(["F", "M"], n)
    member = r.rand(n) < 0.4
    country = r.choice(["PT", "ES", "FR", "DE", "IT", "NL", "BE", "SE"], n)
    zips = r.choice(["Z%04d" % (i * 37 % 9973) for i in range(180)], n)
    days = (
        pd.to_datetime("2021-01-01")
        + pd.to_timedelta(r.randint(0, 1400, n), unit="D")
        + pd.to_timedelta(r.randint(0, 86400, n), unit="s")
    )
    mood = r.rand(n)
    comment = []
    for m in mood:
        words = list(r.choice(WORDS_ANY, r.randint(5, 12)))
        words += list(r.choice(WORDS_GOOD if m > 0.5 else WORDS_BAD, r.randint(1, 4)))
        r.shuffle(words)
        comment.append(" ".join(words))
    score = (
        0.06 * (age - 45)
        + 0.05 * (hours - 40)
        - 0.25 * (size - 6)
        + np.where(work == "private", 0.8, 0.0)
        - np.where(work == "none", 1.2, 0.0)
        + np.where(sex == "M", 0.5, 0.0)
        + 0.9 * member
        + 2.0 * (mood - 0.5)
        + np.where(np.isin(country, ["PT", "ES"]), 0.9, -0.2)
    )
    frame = pd.DataFrame(
        {
            "age": age,
            "hours per week": hours,
            "gr\u00f6\u00dfe": size,
            "workclass": work,
            "sex": sex,
            "is_member": member,
            "country's": country,
            "zip": zips,
            "signup": days,
            "comment": comment,
            "noise_1": np.round(r.normal(size=n), 4),
            "noise_2": np.round(r.rand(n), 4),
            "row_hash": ["%032x" % int(v) for v in r.randint(1, 2**31, n).astype("int64") * 7919],
            "const": 1,
        }
    )
    frame.loc[r.rand(n) < 0.08, "hours per week"] = np.nan
    frame.loc[r.rand(n) < 0.05, "workclass"] = None
    frame.loc[r.rand(n) < 0.03, "signup"] = pd.NaT
    return frame, score, r


MIXED_INFORMATIVE = [
    "age",
    "hours per week",
    "gr\u00f6\u00dfe",
    "workclass",
    "sex",
    "is_member",
    "country's",
    "comment",
]


def data_mixed_binary_str():
    import numpy as np

    frame, score, r = mixed_frame()
    y = np.where(score + r.normal(0, 0.6, len(frame)) > np.median(score), ">50K", "<=50K")
    frame["income"] = y
    return frame, "income", MIXED_INFORMATIVE


def data_mixed_binary_int():
    import numpy as np

    frame, score, r = mixed_frame()
    frame["target"] = (score + r.normal(0, 0.6, len(frame)) > np.median(score)).astype(int)
    return frame, "target", MIXED_INFORMATIVE


def data_mixed_bool():
    import numpy as np

    frame, score, r = mixed_frame()
    frame["ok"] = score + r.normal(0, 0.6, len(frame)) > np.median(score)
    return frame, "ok", MIXED_INFORMATIVE


def data_mixed_multi():
    import numpy as np

    frame, score, r = mixed_frame()
    s = score + r.normal(0, 0.5, len(frame))
    frame["grade"] = np.array(["high", "low", "mid"])[
        np.where(s > np.quantile(s, 0.66), 0, np.where(s < np.quantile(s, 0.33), 1, 2))
    ]
    return frame, "grade", MIXED_INFORMATIVE


def data_mixed_reg():
    import numpy as np

    frame, score, r = mixed_frame()
    frame["price"] = np.round(200 + 35 * score + r.normal(0, 12, len(frame)), 2)
    return frame, "price", MIXED_INFORMATIVE


def data_mixed_reg_int():
    frame, label, informative = data_mixed_reg()
    frame[label] = frame[label].round().astype(int)
    return frame, label, informative


def data_mixed_reg_weights():
    frame, label, informative = data_mixed_reg()
    frame["w"] = 1.0 + (random().rand(len(frame)) > 0.5)
    return frame, label, informative


def data_mixed_binary_weights():
    frame, label, informative = data_mixed_binary_str()
    frame["sample weight"] = 1.0 + (random().rand(len(frame)) > 0.5)
    return frame, label, informative


def data_no_text_binary():
    frame, label, informative = data_mixed_binary_int()
    return (
        frame.drop(columns=["comment", "row_hash", "const", "signup"]),
        label,
        [c for c in informative if c != "comment"],
    )


def data_text_binary():
    frame, label, _ = data_mixed_binary_str()
    return frame[["comment", label]].copy(), label, ["comment"]


def data_cat_binary():
    frame, label, _ = data_mixed_binary_int()
    keep = ["workclass", "sex", "is_member", "country's", label]
    return frame[keep].copy(), label, keep[:-1]


def data_label_quote():
    frame, label, informative = data_no_text_binary()
    return frame.rename(columns={label: "class's"}), "class's", informative


def _bunch(loader, label):
    import pandas as pd

    # Not as_frame=True, which scikit-learn 0.22 doesn't know.
    bunch = loader()
    frame = pd.DataFrame(bunch.data, columns=list(bunch.feature_names))
    frame[label] = bunch.target
    return frame, label, []


def data_iris():
    from sklearn.datasets import load_iris

    frame, label, _ = _bunch(load_iris, "species")
    frame[label] = frame[label].map({0: "setosa", 1: "versicolor", 2: "virginica"})
    return frame, label, ["petal length (cm)", "petal width (cm)"]


def data_wine():
    from sklearn.datasets import load_wine

    frame, label, _ = _bunch(load_wine, "class")
    return frame, label, ["flavanoids", "proline", "color_intensity", "alcohol"]


def data_cancer():
    from sklearn.datasets import load_breast_cancer

    frame, label, _ = _bunch(load_breast_cancer, "diagnosis")
    return frame, label, ["worst concave points", "worst perimeter", "worst radius", "worst area"]


def data_diabetes():
    from sklearn.datasets import load_diabetes

    frame, label, _ = _bunch(load_diabetes, "progression")
    return frame, label, ["bmi", "s5", "bp"]


def data_one_column():
    frame, label, _ = data_diabetes()
    return frame[["bmi", label]].copy(), label, ["bmi"]


def data_int_columns():
    import numpy as np
    import pandas as pd

    r = random()
    x = r.normal(size=(300, 5))
    frame = pd.DataFrame(np.round(x, 5), columns=["0", "1", "2", "3", "4"])
    frame["y"] = np.round(3 * x[:, 0] - 2 * x[:, 3] + r.normal(0, 0.3, 300), 5)
    return frame, "y", ["0", "3"]
