"""Which arguments the libraries take, and what stands for those they don't."""
